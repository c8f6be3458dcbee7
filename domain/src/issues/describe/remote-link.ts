import type { Language } from '../../text/language';
import { cutText } from '../../text/fit-text';
import { cleanName } from '../../text/clean-name';
import type { Guid } from '../facts';
import { inLanguage } from '../texts/in-language';

export interface RemoteLink {
  readonly globalId: string;
  readonly application: { readonly type: string; readonly name: string };
  readonly relationship: string;
  readonly object: {
    readonly url: string;
    readonly title: string;
    readonly summary: string;
    readonly status: { readonly resolved: boolean };
  };
}

/** By which a second attempt finds the first, and an unlink what to remove: one an organization and link. */
export const remoteLinkId = (organization: Guid, link: Guid): string => `crmjira=${organization}&link=${link}`;

/** The issue shows its origin (R-1709); of the record its number and title, nothing of the contact. */
export function remoteLink(
  record: {
    readonly kind: 'case' | 'opportunity' | 'account' | 'product';
    readonly number: string | null;
    readonly title: string;
    readonly url: string;
    readonly closed: boolean;
  },
  ids: { readonly organization: Guid; readonly link: Guid },
  language: Language,
): RemoteLink {
  const kinds = {
    case: { en: 'Case', fr: 'Incident' },
    opportunity: { en: 'Opportunity', fr: 'Opportunité' },
    account: { en: 'Account', fr: 'Compte' },
    product: { en: 'Product', fr: 'Produit' },
  };
  const title = [inLanguage(kinds[record.kind], language), record.number].filter(Boolean).join(' ');
  return {
    globalId: remoteLinkId(ids.organization, ids.link),
    application: { type: 'com.microsoft.dynamics365', name: 'Dynamics 365' },
    relationship: inLanguage({ en: 'originates from', fr: 'provient de' }, language),
    object: {
      url: record.url,
      title: cutText(title, 255),
      summary: cutText(cleanName(record.title), 255),
      status: { resolved: record.closed },
    },
  };
}
