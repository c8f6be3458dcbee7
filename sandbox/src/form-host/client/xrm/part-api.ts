import type { FormSection, FormTab } from '../../contract';
import { labelIn } from '../language';
import { collectionApi } from './collection';
import type { FormContextParts } from './form-context-parts';
import { refused } from './not-there';

/** Names that a script's change of a tab or section is kept under. */
export const tabKey = (tab: FormTab) => tab.name;
export const sectionKey = (section: FormSection, tab: FormTab) => `${tab.name}/${section.name}`;

/** `formContext.ui.tabs.get(name)`. */
export function tabApi(tab: FormTab, parts: FormContextParts) {
  const { model } = parts;
  const sections = tab.columns.flatMap((column) => column.sections);
  return refused('tab', {
    ...visibleAndLabelled(tabKey(tab), tab, parts),
    getName: () => tab.name,
    getContentType: () => 'cardSections',
    getParent: () => parts.ui(),
    getDisplayState: () => (model.openTab === tab.name ? 'expanded' : 'collapsed'),
    setDisplayState: (state: 'expanded' | 'collapsed') => {
      if (state === 'expanded') model.turnTo(tab.name);
    },
    setFocus: () => model.turnTo(tab.name),
    addTabStateChange: (handler: unknown) => parts.events.onTabStateChange(tab.name).add(handler),
    removeTabStateChange: (handler: unknown) => parts.events.onTabStateChange(tab.name).remove(handler),
    sections: collectionApi(
      sections.map((section) => section.name),
      (name) => {
        const section = sections.find((one) => one.name === name);
        return section ? sectionApi(section, tab, parts) : null;
      },
    ),
  });
}

/** `formContext.ui.tabs.get(name).sections.get(name)`. */
export function sectionApi(section: FormSection, tab: FormTab, parts: FormContextParts) {
  const columns = section.rows.flat().flatMap((cell) => cell.control?.column ?? []);
  return {
    ...visibleAndLabelled(sectionKey(section, tab), section, parts),
    getName: () => section.name,
    getParent: () => tabApi(tab, parts),
    controls: collectionApi(columns, (name) => (columns.includes(name) ? parts.control(name) : null)),
  };
}

/** Where FormXml puts the cell of a column or of a sub-grid; null for one that stands only in header or process. */
export function findSectionOf(name: string, { tabs }: FormContextParts) {
  for (const tab of tabs)
    for (const section of tab.columns.flatMap((one) => one.sections)) {
      const cell = section.rows
        .flat()
        .find(({ control }) => control?.column === name || (control?.subGrid !== undefined && control.id === name));
      if (cell) return { section, tab, cell };
    }
  return null;
}

function visibleAndLabelled(key: string, part: FormTab | FormSection, { model, language }: FormContextParts) {
  const change = (state: { visible?: boolean; label?: string }) => {
    model.partStates.set(key, { ...model.partStates.get(key), ...state });
    model.changed();
  };
  return {
    getVisible: () => model.partStates.get(key)?.visible ?? part.visible,
    setVisible: (visible: boolean) => change({ visible }),
    getLabel: () => model.partStates.get(key)?.label ?? labelIn(language, part.label),
    setLabel: (label: string) => change({ label }),
  };
}
