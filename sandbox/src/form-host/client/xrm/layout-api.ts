import type { FormFrame, ProcessDisplay } from '../form/form-model';
import { collectionApi } from './collection';
import type { FormContextParts } from './form-context-parts';
import { refused } from './not-there';

/** What `formContext.ui` knows of the room around the tabs: header, process bar, the form itself, the window. */
export function layoutApi({ model, form }: FormContextParts) {
  const isShown = (frame: FormFrame) => !model.hidden.has(frame);
  const show = (frame: FormFrame, wanted: boolean): void => {
    if (wanted) model.hidden.delete(frame);
    else model.hidden.add(frame);
    model.changed();
  };
  const item = refused('formContext.ui.formSelector item', {
    getId: () => form.id,
    getLabel: () => form.label,
    getVisible: () => true,
    /** The person is there already. */
    navigate: () => undefined,
  });
  return {
    headerSection: {
      getBodyVisible: () => isShown('header'),
      setBodyVisible: (visible: boolean) => show('header', visible),
      getCommandBarVisible: () => isShown('command-bar'),
      setCommandBarVisible: (visible: boolean) => show('command-bar', visible),
      getTabNavigatorVisible: () => isShown('tab-list'),
      setTabNavigatorVisible: (visible: boolean) => show('tab-list', visible),
    },
    process: refused('formContext.ui.process', {
      getVisible: () => isShown('process'),
      setVisible: (visible: boolean) => show('process', visible),
      getDisplayState: () => model.processDisplay,
      setDisplayState: (state: ProcessDisplay) => {
        model.processDisplay = state;
        model.changed();
      },
    }),
    /** The host shows one form a table: "When only one form is available this method will return null." */
    formSelector: {
      getCurrentItem: () => null,
      items: collectionApi([form.id], (id) => (id === form.id ? item : null)),
    },
    getViewPortHeight: () => window.innerHeight,
    getViewPortWidth: () => window.innerWidth,
  };
}
