import * as React from 'react';
import { Icon } from '../platform/icons';
import { word } from '../words';
import type { FormSession } from './form-session';
import type { NotificationLevel } from './form-model';

const looks: Readonly<Record<NotificationLevel, { readonly icon: string; readonly className: string }>> = {
  ERROR: { icon: 'ErrorBadge', className: 'error' },
  WARNING: { icon: 'Warning', className: 'warning' },
  INFO: { icon: 'Info', className: 'info' },
  SUCCESS: { icon: 'Completed', className: 'success' },
};

/** Messages of the form and its scripts, said politely to a screen reader. */
export function Notifications({ session }: { readonly session: FormSession }) {
  const { model, parts } = session;
  return (
    <div role="region" aria-label={word(parts.language, 'notifications')} aria-live="polite" className="notifications">
      {session.readOnlyBecause !== null && (
        <div className={`message ${looks.INFO.className}`}>
          <Icon name="Lock" />
          <p>{session.readOnlyBecause}</p>
        </div>
      )}
      {[...model.notifications.values()].map((notification) => (
        <div key={notification.id} className={`message ${looks[notification.level].className}`}>
          <Icon name={looks[notification.level].icon} />
          <p>{notification.message}</p>
          <button
            type="button"
            className="icon-button"
            aria-label={`${word(parts.language, 'dismiss')}: ${notification.message}`}
            onClick={() => model.clear(notification.id)}
          >
            <Icon name="Cancel" />
          </button>
        </div>
      ))}
    </div>
  );
}
