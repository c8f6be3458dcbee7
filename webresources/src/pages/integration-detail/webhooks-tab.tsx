import * as React from 'react';
import { type Language, verificationLabels } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import type { integrationDetailTexts } from '../../strings/generated/integration-detail';
import { PageButton } from '../platform/page-button';
import { PageDialog } from '../platform/page-dialog';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { Notice } from '../platform/notice';
import type { Webhook } from './read-detail';

const DAY_MS = 86_400_000;
/** Days of silence after which a webhook is looked at. */
const SILENT_AFTER = 7;
/** The secret before is taken for so long too. */
const OVERLAP_MS = DAY_MS;

/** A secret that has just been made: nobody can read it afterwards. */
export interface Fresh {
  readonly webhook: string;
  readonly secret: string;
  readonly until: string;
}

interface Shown {
  readonly say: Say<typeof integrationDetailTexts>;
  readonly format: PageFormat;
  readonly language: Language;
  readonly now: string;
}

/** Where the other side reports to, when it last did, and the secret that it proves itself with (R-1612). */
export function WebhooksTab(
  props: Shown & {
    readonly webhooks: readonly Webhook[];
    readonly fresh: Fresh | null;
    readonly isBusy: boolean;
    readonly onRotate: (webhook: Webhook) => void;
  },
): React.ReactElement {
  const { webhooks, fresh, isBusy, onRotate, say, format, language, now } = props;
  const [asked, ask] = React.useState<Webhook | null>(null);
  const until = format.time(new Date(Date.parse(now) + OVERLAP_MS).toISOString(), now);
  if (webhooks.length === 0) return <p className="crmjira-sub">{say('noWebhooks')}</p>;
  return (
    <>
      <h2>{say('webhooksN', { n: format.number(webhooks.length) })}</h2>
      {webhooks.map((webhook) => (
        <div key={webhook.id} className="detail-webhook">
          <div className="page-cardhead">
            <h3>{webhook.name}</h3>
            <ReceivingChip {...{ webhook, say, format, now }} />
            <span className="enter-gap" />
            <PageButton
              text={say('rotate')}
              label={say('ofWebhook', { what: say('rotate'), name: webhook.name })}
              icon="Sync"
              look="small"
              disabled={isBusy}
              onClick={() => ask(webhook)}
            />
          </div>
          <p className="detail-address">
            <code>{webhook.url}</code>
            <PageButton
              text={say('copyAddress')}
              label={say('ofWebhook', { what: say('copyAddress'), name: webhook.name })}
              icon="Copy"
              look="small ghost"
              onClick={() => void navigator.clipboard.writeText(webhook.url)}
            />
          </p>
          <dl className="pairs">
            {(
              [
                ['events', webhook.events || '–'],
                [
                  'verification',
                  webhook.verification === null ? '–' : verificationLabels[webhook.verification][language],
                ],
                ['lastReceived', webhook.receivedOn === null ? say('never') : format.time(webhook.receivedOn, now)],
                ['rotated', webhook.rotatedOn === null ? say('never') : format.time(webhook.rotatedOn, now)],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt className="crmjira-sub">{say(name)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {fresh?.webhook === webhook.id && <FreshSecret {...{ fresh, say, format, now }} />}
        </div>
      ))}
      {asked !== null && (
        <PageDialog title={say('rotateTitle', { name: asked.name })} close={say('keepOld')} onClose={() => ask(null)}>
          <div className="page-dialogbody">
            <p>{say('rotateText', { t: until })}</p>
          </div>
          <div className="page-dialogfoot">
            <PageButton
              text={say('rotateYes')}
              icon="Sync"
              onClick={() => {
                onRotate(asked);
                ask(null);
              }}
            />
            <KeepButton text={say('keepOld')} onClick={() => ask(null)} />
          </div>
        </PageDialog>
      )}
    </>
  );
}

/** The safe choice has the focus. */
export function KeepButton({ text, onClick }: { readonly text: string; readonly onClick: () => void }) {
  const button = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => button.current?.focus(), []);
  return (
    <button ref={button} type="button" className="ms-Button" onClick={onClick}>
      {text}
    </button>
  );
}

function ReceivingChip({ webhook, say, format, now }: Omit<Shown, 'language'> & { readonly webhook: Webhook }) {
  const { receivedOn, isActive } = webhook;
  if (!isActive) return <Chip tone="neutral" icon="Blocked" text={say('inactiveWebhook')} />;
  if (receivedOn === null) return <Chip tone="neutral" icon="Clock" text={say('nothingYet')} />;
  const days = Math.floor((Date.parse(now) - Date.parse(receivedOn)) / DAY_MS);
  return days < SILENT_AFTER ? (
    <Chip tone="ok" icon="Completed" text={say('receiving')} />
  ) : (
    <Chip tone="warn" icon="Clock" text={counted(say, 'nothingFor', days, format)} />
  );
}

/** The new secret, once: to copy, or to look at. */
function FreshSecret({ fresh, say, format, now }: Omit<Shown, 'language'> & { readonly fresh: Fresh }) {
  const [isSeen, see] = React.useState(false);
  return (
    <>
      <Notice
        tone="ok"
        icon="Completed"
        strong={say('secretReady')}
        text={say('secretNext', { t: format.time(fresh.until, now) })}
      />
      <div className="detail-secret">
        <input
          className="page-input enter-code"
          type={isSeen ? 'text' : 'password'}
          readOnly
          value={fresh.secret}
          aria-label={say('newSecret')}
          autoComplete="off"
        />
        <PageButton text={say('copy')} icon="Copy" onClick={() => void navigator.clipboard.writeText(fresh.secret)} />
        <PageButton text={say(isSeen ? 'hide' : 'show')} icon="Hide" onClick={() => see(!isSeen)} />
      </div>
    </>
  );
}

/** Until when the secret before is taken, from a moment on. */
export const overlapEnd = (from: string): string => new Date(Date.parse(from) + OVERLAP_MS).toISOString();
