import type { Language } from '../../text/language';
import type { MapGaps } from '../maps/map-gaps';
import type { SettingProblem } from '../settings/connection-policy';
import { inLanguage, type InBoth } from './in-language';
import { mapProblemText } from './map-problem-text';

type Setting = SettingProblem['setting'];

const NAMES: Readonly<Record<Setting, InBoth>> = {
  status: { en: 'Status map', fr: 'Table des états' },
  priority: { en: 'Priority map', fr: 'Table des priorités' },
  conflict: { en: 'Conflict policy', fr: 'Règle de conflit' },
};

const nameOf = (setting: Setting, language: Language): string =>
  `${inLanguage(NAMES[setting], language)}${language === 3084 ? '\u00a0' : ''}: `;

/** Why a setting of a connection cannot be used. @param value that the problem names, as people know it */
export function settingProblemText(problem: SettingProblem, value: string, language: Language): string {
  const name = nameOf(problem.setting, language);
  if (problem.setting !== 'conflict') return name + mapProblemText(problem, value, language);
  const { field } = problem;
  const text =
    field === null
      ? { en: 'it cannot be read.', fr: 'elle est illisible.' }
      : {
          en: `${field} cannot have this value. A field is status, priority, summary or label; its value crm, jira or ask, of label also merge.`,
          fr: `${field} ne peut pas avoir cette valeur. Un champ est status, priority, summary ou label; sa valeur crm, jira ou ask, ou merge pour label.`,
        };
  return name + inLanguage(text, language);
}

/** What a map leaves out, or null where it leaves nothing out. Values as people know them. */
export function mapGapText(setting: 'status' | 'priority', gaps: MapGaps, language: Language): string | null {
  const parts: readonly (readonly [readonly string[], InBoth])[] = [
    [
      gaps.jira,
      {
        en: 'without a counterpart here, so that nothing changes here',
        fr: 'sans équivalent ici, donc sans effet ici',
      },
    ],
    [
      gaps.crm,
      {
        en: 'without a counterpart in Jira, so that it is not sent',
        fr: 'sans équivalent dans Jira, donc non transmis',
      },
    ],
    [gaps.gone, { en: 'not there any more', fr: 'n’existe plus' }],
  ];
  const said = parts.flatMap(([values, text]) =>
    values.length === 0 ? [] : [`${values.join(', ')} (${inLanguage(text, language)})`],
  );
  return said.length === 0 ? null : `${nameOf(setting, language)}${said.join('; ')}.`;
}
