/** Runs in Chromium, in a page that holds the platform's React and Fluent and the built controls: what measure-controls.ts asks for. */
import { fakeWebApi } from '../controls/platform/fake-web-api';
import type { Tables } from '../controls/platform/rows';

interface Control {
  init(context: unknown, changed: () => void, state: unknown, place: HTMLElement): void;
  updateView(context: unknown): unknown;
  destroy(): void;
}

/** What Node hands over: all that is not a function. */
interface Given {
  /** the control's resx file */
  readonly resx: string;
  readonly tables: Tables;
  readonly recordId: string;
  readonly userSettings: object;
  readonly offsetMinutes: number;
}

interface PageWindow extends Window {
  readonly ReactDOM: {
    render(element: unknown, place: Element): void;
    unmountComponentAtNode(place: Element): boolean;
  };
  readonly React: { createElement(type: string): unknown };
  readonly registered: Readonly<Record<string, new () => Control>>;
  measured: object;
}

// The page defines what its first scripts put on the window.
const page = window as unknown as PageWindow;

function contextOf({ resx, tables, recordId, userSettings, offsetMinutes }: Given): object {
  const entries = new DOMParser().parseFromString(resx, 'application/xml').querySelectorAll('data');
  const texts = new Map([...entries].map((entry) => [entry.getAttribute('name'), entry.textContent?.trim()]));
  const bound = { raw: null, security: { readable: true, editable: true, secured: false } };
  return {
    mode: {
      allocatedWidth: 640,
      isControlDisabled: false,
      contextInfo: { entityId: recordId },
      trackContainerResize: () => undefined,
    },
    parameters: { projectBudget: bound, budgetStatus: bound, approvalStatus: bound, projectKey: bound },
    resources: { getString: (key: string) => texts.get(key) ?? key },
    userSettings: { ...userSettings, getTimeZoneOffsetMinutes: () => offsetMinutes },
    utils: { hasEntityPrivilege: () => true },
    client: { isOffline: () => false },
    navigation: {},
    webAPI: fakeWebApi(tables).api,
  };
}

/** Settles when the page has changed and shows what is wanted. */
function shows(place: Element, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!place.querySelector(wanted)) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(place, { subtree: true, childList: true, attributes: true });
    look();
  });
}

async function cycle(place: Element, wanted: string, mount: () => () => void): Promise<number> {
  const began = performance.now();
  const leave = mount();
  await shows(place, wanted);
  // Asking where it stands has the browser lay it out, as it does before it paints.
  place.getBoundingClientRect();
  const took = performance.now() - began;
  if (place.textContent?.includes('could not be read')) throw new Error('the control has not found its rows');
  page.ReactDOM.unmountComponentAtNode(place);
  leave();
  return took;
}

function newPlace(): HTMLElement {
  return document.body.appendChild(document.createElement('div'));
}

page.measured = {
  /** @returns milliseconds of each */
  control: async (name: string, given: Given, times: number): Promise<number[]> => {
    const context = contextOf(given);
    const Control = page.registered[name];
    if (!Control) throw new Error(`${name} has not registered itself`);
    const place = newPlace();
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const mount = (): (() => void) => {
        const control = new Control();
        control.init(context, () => undefined, {}, place);
        page.ReactDOM.render(control.updateView(context), place);
        return () => control.destroy();
      };
      // Busy while it reads; a control with nothing to read would never have been.
      took.push(await cycle(place, 'section.crmjira[aria-busy="false"]', mount));
    }
    place.remove();
    return took;
  },
  empty: async (times: number): Promise<number[]> => {
    const place = newPlace();
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const mount = (): (() => void) => {
        page.ReactDOM.render(page.React.createElement('section'), place);
        return () => undefined;
      };
      took.push(await cycle(place, 'section', mount));
    }
    place.remove();
    return took;
  },
};
