import { webcrypto } from 'node:crypto';
import * as React from 'react';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { CommandState, type CommandType, type Language } from '@crmjira/domain';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import type { PageFacts } from '../../../webresources/src/pages/platform/start-page';
import { idOf } from './jira-rows';

type Row = Readonly<Record<string, unknown>>;

/** A request as a page makes it. */
export interface Asked {
  readonly type: CommandType;
  readonly regarding: string;
  readonly payload: unknown;
  readonly sealed: string | null;
  readonly id: string | null;
}

/** What the service answers: facts of a command that is done, or its whole row. */
type Answer = (asked: Asked) => Row;

export const done = (answer: unknown, result = ''): Row => ({
  crmjira_command_state: CommandState.Done,
  crmjira_result: result,
  crmjira_answer: JSON.stringify(answer),
});
export const refusedAnswer = (answer: unknown, result = ''): Row => ({
  ...done(answer, result),
  crmjira_command_state: CommandState.Refused,
});
export const saved = done({ integration: 'id', isSaved: true, problems: [], test: null });
/** A test that took these steps; the last failed where `says` is given. */
export const tested = (names: readonly string[], found: Row = {}, says: string | null = null, remedy = ''): Row =>
  done({
    ok: says === null,
    steps: names.map((name, at) => ({ name, ok: says === null || at < names.length - 1, ms: 420 })),
    found,
    fault: says === null ? null : { name: 'x', args: {} },
    says,
    remedy: says === null ? null : remedy,
  });

export interface Desk {
  readonly asked: Asked[];
  /** by type; a type without an answer is never answered */
  answers: Partial<Record<CommandType, Answer>>;
  rows: Record<string, readonly Row[]>;
  readonly opened: string[];
}

/** A browser with Dynamics in it, for one test: call it in `beforeEach`, and `leaveDesk` after. */
export function openDesk(): Desk {
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
  // jsdom has no dialogs that open
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  const desk: Desk = { asked: [], answers: {}, rows: {}, opened: [] };
  desk.rows['crmjira_service_key'] = [{ crmjira_key_id: 'key', crmjira_public_key: 'public' }];
  Object.assign(globalThis, {
    Xrm: {
      Utility: {
        getGlobalContext: () => ({
          organizationSettings: { organizationId: idOf('organization') },
          userSettings: { userId: idOf('Ada') },
        }),
      },
      Navigation: {
        navigateTo: async ({ webresourceName, data }: { webresourceName: string; data?: string }) =>
          void desk.opened.push(`${webresourceName}${data === undefined ? '' : `?${data}`}`),
      },
      WebApi: {
        retrieveMultipleRecords: async (table: string) => ({ entities: desk.rows[table] ?? [] }),
        createRecord: async (_table: string, row: Row) => {
          const text = (key: string): string | null => (typeof row[key] === 'string' ? String(row[key]) : null);
          desk.asked.push({
            type: row['crmjira_command_type'] as CommandType,
            regarding: `${text('crmjira_regarding_table')}(${text('crmjira_regarding_id')})`,
            payload: JSON.parse(text('crmjira_payload') ?? 'null'),
            sealed: text('crmjira_sealed'),
            id: text('crmjira_commandid'),
          });
          return { id: String(desk.asked.length - 1) };
        },
        retrieveRecord: async (_table: string, id: string) => {
          const asked = desk.asked[Number(id)];
          return asked === undefined
            ? {}
            : (desk.answers[asked.type]?.(asked) ?? { crmjira_command_state: CommandState.Running });
        },
      },
    },
  });
  return desk;
}

export function leaveDesk(): void {
  jest.useRealTimers();
  jest.restoreAllMocks();
}

export const pass = (milliseconds = 3_000): Promise<void> =>
  act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));
export const field = (name: string | RegExp): HTMLElement => screen.getByLabelText(name);
export const enter = (name: string | RegExp, value: string): void =>
  void fireEvent.change(field(name), { target: { value } });
export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
/** Presses a button, and waits until the service has answered. */
export async function press(name: string | RegExp): Promise<void> {
  fireEvent.click(button(name));
  await pass();
}

export async function openEntering(
  Page: (props: { readonly facts: PageFacts }) => React.ReactElement,
  { language = 1033, recordId = null }: { language?: Language; recordId?: string | null } = {},
): Promise<void> {
  const settings = { language, theme: null, recordId };
  render(<Page facts={{ language, format: pageFormat(language, () => -240), dark: false, settings }} />);
  await pass(0);
}
