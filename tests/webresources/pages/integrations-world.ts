import { act } from '@testing-library/react';
import { CommandState } from '@crmjira/domain';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';
import type { PageFacts } from '../../../webresources/src/pages/platform/start-page';
import { integrationAnswer } from './integration-rows';

export const NOW = '2025-05-16T17:00:00Z';

interface Command {
  readonly crmjira_command_type: number;
  readonly crmjira_regarding_table: string;
  readonly crmjira_regarding_id: string;
  readonly crmjira_payload?: string;
}

export interface IntegrationsWorld {
  answer: (table: string, query: string) => readonly object[] | null;
  /** queries as they were asked, decoded */
  readonly asked: string[];
  readonly commands: Command[];
  readonly opened: unknown[];
  /** state and answer of each command, by its type; one that is missing is never answered */
  answers: Readonly<Record<number, { readonly state: number; readonly result?: string; readonly answer?: unknown }>>;
}

/** A client API with the rows of the drawings behind it; time stands at one o’clock in Toronto. */
export function integrationsWorld(): IntegrationsWorld {
  jest.useFakeTimers({ now: new Date(NOW) });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  // jsdom has no dialogs that open
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  const world: IntegrationsWorld = { answer: integrationAnswer(), asked: [], commands: [], opened: [], answers: {} };
  const navigate = async (page: unknown): Promise<void> => void world.opened.push(page);
  Object.assign(globalThis, {
    ResizeObserver: class {
      observe(): void {}
      disconnect(): void {}
    },
    Xrm: {
      WebApi: {
        retrieveMultipleRecords: async (table: string, query: string) => {
          const decoded = decodeURIComponent(query);
          world.asked.push(decoded);
          return { entities: world.answer(table, decoded) ?? [] };
        },
        createRecord: async (_table: string, row: Command) => {
          world.commands.push(row);
          return { id: String(world.commands.length - 1) };
        },
        retrieveRecord: async (_table: string, id: string) => {
          const told = world.answers[world.commands[Number(id)]?.crmjira_command_type ?? 0];
          return told === undefined
            ? { crmjira_command_state: CommandState.Requested }
            : {
                crmjira_command_state: told.state,
                crmjira_result: told.result ?? '',
                crmjira_answer: JSON.stringify(told.answer ?? null),
              };
        },
      },
      Navigation: { navigateTo: navigate, openForm: navigate },
    },
  });
  return world;
}

export const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));

export const factsIn = (language: 1033 | 3084, recordId: string | null = null): PageFacts => ({
  language,
  format: pageFormat(language, () => -240),
  dark: false,
  settings: { language, theme: null, recordId },
});

/** Dataverse refuses whoever lacks the privilege to read. */
export const forbidden = (): never => {
  throw Object.assign(new Error('Principal user is missing prvReadcrmjira_integration'), { errorCode: 0x80040220 });
};
