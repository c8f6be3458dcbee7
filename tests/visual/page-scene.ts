import { opportunities } from '../../sandbox/src/seed/scenarios';
import type { IssueTask, Selection } from '../../webresources/src/commands/issues/dialog';
import type { PersonaId, Row } from './scene';

/** HTML web resources of the solution, by the name of their file. */
export type PageName =
  | 'integration-health'
  | 'connection-guide'
  | 'budget-burn'
  | 'link-project'
  | 'jira-projects'
  | 'product-health'
  | 'record-issues'
  | 'my-connection'
  | 'sync-history'
  | 'backfill'
  | 'explain-sync'
  | 'integration-jira'
  | 'integration-rest'
  | 'integration-soap'
  | 'integration-detail'
  | 'integrations-dashboard'
  | 'integrations-list'
  | 'integrations-logs'
  | 'integrations-providers';

/**
 * What a person or the network does once the page is drawn; `sees` waits for words that an answer brings, `fails` ends every later
 * reading, and the page reads again at once.
 */
export type Act =
  | { readonly press: RegExp }
  | { readonly type: string }
  | { readonly sees: RegExp }
  | { readonly fails: 'offline' | 'unreachable' };

/** Rows of the integration log as the health page asks for them, counted by Dataverse. */
export interface LogRows {
  /** `crmjira_integrationstatus` → rows */
  readonly statuses: Readonly<Record<number, number>>;
  /** `crmjira_operationtype` → rows */
  readonly operations: Readonly<Record<number, number>>;
  readonly days: readonly {
    readonly month: number;
    readonly day: number;
    readonly operation: number;
    readonly found: number;
  }[];
  readonly errors: readonly Row[];
}

/** What Dataverse answers to a page besides the rows of the example company. */
export interface PageConditions {
  /** Entity set → columns that each of its rows is shown with, or the rows that are answered instead. */
  readonly rows?: Readonly<Record<string, Row | readonly Row[]>>;
  readonly log?: LogRows;
  /** Rows that are answered to a query, which is decoded; null: as for any other set. */
  readonly asked?: (set: string, query: string) => readonly Row[] | null;
  /** Reads of these entity sets are answered with an error. */
  readonly unreadable?: { readonly sets: readonly string[]; readonly status: number; readonly code: string };
  /** Nothing is answered at all. */
  readonly silent?: true;
  /** The page still waits when it is looked at. */
  readonly waits?: true;
  /** Answer that a command row is read with, by its type; a type that is missing is never answered. */
  readonly answers?: Readonly<
    Record<
      number,
      {
        readonly state: number;
        readonly result: string | Readonly<Record<1033 | 3084, string>>;
        /** facts beside the sentence */
        readonly answer?: unknown;
      }
    >
  >;
  /** Nothing to compare by eye: text that is only there to break a layout. */
  readonly unpictured?: true;
  /** What a command of the command bar opens the page for. */
  readonly dialog?: { readonly task: IssueTask; readonly selection: Selection };
  /** What a command of the command bar hands the page beside that. */
  readonly data?: string;
  /** A new command row is refused. */
  readonly refusesCommands?: { readonly status: number; readonly code: string };
}

/** A page in one state: who is at it, on which record, what it must say. */
export interface PageScene extends PageConditions {
  readonly name: string;
  readonly page: PageName;
  readonly persona: PersonaId;
  /** id of the opportunity that it is opened on */
  readonly record: string | null;
  readonly acts: readonly Act[];
  /** as in `Scene.sees`, in English */
  readonly says: readonly string[];
}

type Given = PageConditions & {
  readonly persona?: PersonaId;
  /** start of the opportunity's name in the example company */
  readonly on?: string;
  readonly acts?: readonly Act[];
};

export function pageScene(page: PageName, name: string, says: PageScene['says'], given: Given = {}): PageScene {
  const { persona = 'admin', on, acts = [], ...conditions } = given;
  return { page, name, says, persona, record: on === undefined ? null : idOf(on), acts, ...conditions };
}

function idOf(start: string): string {
  const found = opportunities.find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(`The example company has no opportunity that starts with "${start}".`);
  return found.id;
}

/** `page-integration-health-loading`: what a picture is filed under. */
export const pageFile = ({ page, name }: PageScene): string => `${PAGE_PICTURE}${page}-${name.replace(/\W+/g, '-')}`;

/** What the pictures of pages begin with; those of controls begin with the control. */
export const PAGE_PICTURE = 'page-';
