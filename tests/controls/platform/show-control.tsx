import { act, cleanup, render } from '@testing-library/react';
import { type FakeContextOptions, fakeContext } from './fake-context';
import { type FakeWebApi, fakeWebApi } from './fake-web-api';
import { NOW, type Tables, tables } from './rows';

type Shown = ReturnType<typeof render> & {
  readonly server: FakeWebApi;
  /** calls updateView again, as the form does when something of the context has changed */
  readonly update: (change?: Partial<FakeContextOptions>) => void;
  /** lets time pass, with everything that is due in it */
  readonly pass: (milliseconds: number) => Promise<void>;
  readonly control: ComponentFramework.ReactControl<never, never>;
  readonly context: () => ComponentFramework.Context<never>;
};

export type ControlClass = new () => Pick<
  ComponentFramework.ReactControl<never, never>,
  'init' | 'updateView' | 'getOutputs' | 'destroy'
>;

/** Frozen time, and a canvas that cannot measure: jsdom has none. Call in `beforeEach`. */
export function freezePage(): void {
  jest.useFakeTimers({ now: new Date(NOW) });
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
}

export function thawPage(): void {
  cleanup();
  jest.useRealTimers();
}

/** Runs a control through its lifecycle on a form, over rows in memory, until its first reading is done. */
export async function showControl(
  Control: ControlClass,
  options: Omit<FakeContextOptions, 'webApi'> & {
    readonly rows?: Partial<Tables>;
    readonly failure?: unknown;
    readonly hang?: boolean;
  },
): Promise<Shown> {
  const server = fakeWebApi(tables(options.rows));
  server.failure = options.failure ?? null;
  server.hanging = options.hang ?? false;
  let current: FakeContextOptions = { ...options, webApi: server.api };
  let context = fakeContext<never>(current);
  const control = new Control();
  // What a control hands back stands in the form's fields.
  const taken = (): void => {
    const outputs: object = control.getOutputs?.() ?? {};
    update({ fields: { ...current.fields, ...outputs } });
  };
  control.init(context, taken, {}, document.createElement('div'));
  const shown = render(control.updateView(context));
  const update = (change: Partial<FakeContextOptions> = {}): void => {
    current = { ...current, ...change };
    context = fakeContext<never>(current);
    shown.rerender(control.updateView(context));
  };
  const pass = async (milliseconds: number): Promise<void> => {
    await act(async () => {
      await jest.advanceTimersByTimeAsync(milliseconds);
    });
  };
  await pass(0);
  return {
    ...shown,
    server,
    pass,
    control: control as ComponentFramework.ReactControl<never, never>,
    context: () => context,
    update,
  };
}
