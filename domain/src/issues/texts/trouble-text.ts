import type { Language } from '../../text/language';
import type { Trouble } from '../facts';
import { inLanguage, type InBoth } from './in-language';

/** Why something was not written, for the row. `asOf`: when the issue was last read, as people read it. */
export function troubleText(
  trouble: Trouble,
  issue: { readonly key: string; readonly project: string; readonly type: string; readonly asOf: string },
  language: Language,
): string {
  const { key, project, type, asOf } = issue;
  const field = trouble.field ?? '';
  const from = trouble.from ?? '';
  const to = trouble.to ?? '';
  const texts: Readonly<Record<Trouble['code'], InBoth>> = {
    'no-transition': {
      en: `Status ${to} was not sent: ${key} offers no step to ${to} from ${from}. Nothing was changed in Jira. Move the issue there, or set sync to From Jira, then retry.`,
      fr: `L’état ${to} n’a pas été transmis\u00a0: ${key} n’offre aucun passage de ${from} à ${to}. Rien n’a été modifié dans Jira. Déplacez-y le ticket, ou choisissez Depuis Jira, puis réessayez.`,
    },
    'transition-needs-field': {
      en: `Status ${to} was not sent: the step to ${to} requires ${field}. Nothing was changed in Jira. Move the issue there, or set sync to From Jira, then retry.`,
      fr: `L’état ${to} n’a pas été transmis\u00a0: le passage à ${to} exige ${field}. Rien n’a été modifié dans Jira. Déplacez-y le ticket, ou choisissez Depuis Jira, puis réessayez.`,
    },
    'not-on-screen': {
      en: `${field} ${to} was not sent: ${field} is not on the edit screen of ${key}. Nothing was changed in Jira. Ask an administrator to put it there, or set sync to From Jira, then retry.`,
      fr: `${field} ${to} n’a pas été transmis\u00a0: ${field} ne figure pas à l’écran de modification de ${key}. Rien n’a été modifié dans Jira. Demandez à un administrateur de l’y ajouter, ou choisissez Depuis Jira, puis réessayez.`,
    },
    'not-in-map': {
      en: `${field} ${to} was not sent: it has no counterpart in Jira. Nothing was changed in Jira. Ask an administrator to complete the map.`,
      fr: `${field} ${to} n’a pas été transmis\u00a0: aucun équivalent dans Jira. Rien n’a été modifié dans Jira. Demandez à un administrateur de compléter la table.`,
    },
    'issue-archived': {
      en: `${key} is archived in Jira and cannot be changed. Restore it there, or unlink it.`,
      fr: `${key} est archivé dans Jira et ne peut pas être modifié. Restaurez-le dans Jira, ou déliez-le.`,
    },
    'issue-hidden': {
      en: `${key} no longer exists in Jira, or the integration account cannot see it. Shown as of ${asOf}. Ask an administrator for access, or unlink it.`,
      fr: `${key} n’existe plus dans Jira, ou le compte d’intégration ne peut pas le voir. Affiché tel qu’au ${asOf}. Demandez l’accès à un administrateur, ou déliez-le.`,
    },
    'issue-deleted': {
      en: `${key} was deleted in Jira. Shown as of ${asOf}. No new issue is created in its place; unlink it, or create one.`,
      fr: `${key} a été supprimé dans Jira. Affiché tel qu’au ${asOf}. Aucun autre ticket n’est créé à sa place; déliez-le, ou créez-en un.`,
    },
    'create-needs-field': {
      en: `Jira refused the issue: ${project} requires ${field} for the type ${type}. Nothing was created. Choose another type or project, or ask an administrator to give ${field} a default.`,
      fr: `Jira a refusé le ticket\u00a0: ${project} exige ${field} pour le type ${type}. Rien n’a été créé. Choisissez un autre type ou projet, ou demandez à un administrateur de donner une valeur par défaut à ${field}.`,
    },
    'other-link-sends': {
      en: `Another record sends its changes to ${key}. This one follows; nothing of it is sent.`,
      fr: `Un autre enregistrement transmet ses changements à ${key}. Celui-ci suit; rien n’en est transmis.`,
    },
  };
  return inLanguage(texts[trouble.code], language);
}
