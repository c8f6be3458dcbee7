import type { Language } from '../language';
import { type Place, addressOf, listPlace, newRecordPlace, recordPlace, webResourcePlace } from '../navigation';
import { word } from '../words';
import { showMessage } from './message-dialog';
import { type DialogOptions, webResourceDialog } from './web-resource-dialog';

export interface EntityReference {
  readonly entityType: string;
  readonly id: string;
  readonly name: string;
}

/** The page that scripts and components ask to go elsewhere. */
export interface PageNavigator {
  /** Stays when the person wants to keep unsaved changes. */
  readonly go: (place: Place) => void;
  /** To the row that was new until now. */
  readonly replace: (place: Place) => void;
  /** A record in a dialog. @returns the record, once the dialog is closed */
  readonly openDialog: (place: Place, options: DialogOptions) => Promise<EntityReference>;
}

/** `pageInput` of `navigateTo`. */
export interface PageInput {
  readonly pageType: string;
  readonly entityName?: string;
  readonly entityId?: string;
  readonly createFromEntity?: unknown;
  readonly viewId?: string;
  readonly webresourceName?: string;
  readonly data?: string;
}

export interface NavigationOptions extends DialogOptions {
  /** 1 inline, 2 in a dialog */
  readonly target?: number;
}

export interface EntityFormOptions {
  readonly entityName?: string;
  readonly entityId?: string;
  readonly openInNewWindow?: boolean;
  readonly createFromEntity?: unknown;
}

/** Values that a new row begins with. */
export type FormParameters = Readonly<Record<string, string | number | boolean>>;

export interface AlertStrings {
  readonly text: string;
  readonly title?: string;
  readonly confirmButtonLabel?: string;
}

export interface ConfirmStrings extends AlertStrings {
  readonly cancelButtonLabel?: string;
}

const DIALOG = 2;

/** `Xrm.Navigation` and `context.navigation`: client API reference, Xrm.Navigation. */
export function navigationApi(pageNavigator: PageNavigator, language: Language) {
  return {
    openUrl: (url: string) => void window.open(url, '_blank', 'noopener'),
    openAlertDialog: async ({ text, title, confirmButtonLabel }: AlertStrings) => {
      await showMessage(language, { title: title ?? word(language, 'alertTitle'), text, confirm: confirmButtonLabel });
    },
    openConfirmDialog: async ({ text, title, confirmButtonLabel, cancelButtonLabel }: ConfirmStrings) => ({
      confirmed: await showMessage(language, {
        title: title ?? word(language, 'confirmTitle'),
        text,
        confirm: confirmButtonLabel,
        cancel: cancelButtonLabel ?? word(language, 'cancel'),
      }),
    }),
    openErrorDialog: async ({ message }: { message?: string }) => {
      await showMessage(language, { title: word(language, 'errorTitle'), text: message ?? word(language, 'error') });
    },
    /** In a tab of its own. @throws Error for one that is no page of the product */
    openWebResource: (name: string, _options?: unknown, data?: string) => {
      const place = found(webResourcePlace(name, null, data), `"${name}", which is no page of the product`);
      window.open(addressOf(place), '_blank', 'noopener');
    },
    /** @throws Error for a row whose values another one gives: the host maps no columns */
    openForm: async (options: EntityFormOptions, parameters: FormParameters = {}) => {
      const { openInNewWindow } = options;
      const place = formPlace(options, parameters);
      if (openInNewWindow === true) window.open(addressOf(place), '_blank', 'noopener');
      else pageNavigator.go(place);
      return { savedEntityReference: [] };
    },
    /** @throws Error for a page that the host does not have */
    navigateTo: async (page: PageInput, options: NavigationOptions = {}) => {
      const inDialog = options.target === DIALOG;
      if (page.pageType === 'entityrecord') {
        const place = formPlace(page);
        if (inDialog) return { savedEntityReference: [await pageNavigator.openDialog(place, options)] };
        return pageNavigator.go(place);
      }
      if (page.pageType === 'entitylist') {
        if (inDialog) throw new Error('navigateTo: a list can only be opened inline (target 1).');
        return pageNavigator.go(
          found(listPlace(page.entityName ?? '', page.viewId), `the list of "${page.entityName}"`),
        );
      }
      if (page.pageType === 'webresource') {
        const name = page.webresourceName ?? '';
        const place = found(webResourcePlace(name, null, page.data), `"${name}", which is no page of the product`);
        return inDialog ? webResourceDialog(name, page.data ?? '', options, language) : pageNavigator.go(place);
      }
      throw new Error(`navigateTo: the host has no pages of the type "${page.pageType}".`);
    },
  };
}

/** Form of a row, or of a new one where no id is given. */
function formPlace(
  { entityName = '', entityId = '', createFromEntity }: EntityFormOptions,
  parameters: FormParameters = {},
): Place {
  if (entityId !== '') return found(recordPlace(entityName, entityId), `the row "${entityId}" of "${entityName}"`);
  if (createFromEntity !== undefined) throw new Error('The host opens no form whose values another row gives.');
  const values = Object.fromEntries(Object.entries(parameters).map(([column, value]) => [column, String(value)]));
  return found(newRecordPlace(entityName, values), `the form of a new "${entityName}"`);
}

function found(place: Place | null, what: string): Place {
  if (place === null) throw new Error(`The host cannot open ${what}.`);
  return place;
}
