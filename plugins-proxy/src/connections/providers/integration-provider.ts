import type { EnteredMapping, NamedFault, ProviderCode, TestAnswer, TryAnswer } from '@crmjira/domain';
import type { z } from 'zod';

/** What a test came to, before it is put into words. */
export type TestReport = Omit<TestAnswer, 'says' | 'remedy'>;

/** Something of the other side that mappings may read and write. */
export interface MappingTarget {
  readonly object: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: 'text' | 'number' | 'flag' | 'date' | 'date-time' | 'choice';
    readonly isWritable: boolean;
  }[];
}

/** One record of the other side, before it is mapped. */
export interface SampleRecord {
  readonly id: string;
  readonly name: string;
  /** Value that a mapping reads; null: nothing is found there. @throws IntegrationError where the path itself is wrong */
  valueOf(mapping: EnteredMapping): Promise<string | null>;
}

/** An integration that is open for one test, preview or run. */
export interface OpenIntegration {
  /** Only reads; tells of faults instead of throwing them. */
  test(): Promise<TestReport>;
  /** Left out: what it offers is not known before a mapping is entered. @throws IntegrationError */
  targets?(): Promise<readonly MappingTarget[]>;
  /** Left out: nothing to look at. @throws IntegrationError */
  sample?(id: string | null): Promise<{ record: SampleRecord | null; response: TryAnswer['response'] }>;
  close(): Promise<void>;
}

/** Columns in which rows of some products keep their settings. */
export interface StoredColumns {
  readonly crmjira_base_url: string | null;
  readonly crmjira_deployment: number | null;
  readonly crmjira_username: string | null;
  readonly crmjira_default_project_key: string | null;
  readonly crmjira_default_issue_type: string | null;
  readonly crmjira_issue_limit_per_project: number | null;
}

/** A product that administrators connect by pages: one folder of `connections/providers`, one line of `integration-providers.ts`. */
export interface IntegrationProvider<Settings = unknown, Secrets = unknown> {
  readonly code: ProviderCode;
  readonly supportsWebhooks: boolean;
  /** What may be shown: stands in `crmjira_config`, as JSON. */
  readonly settings: z.ZodType<Settings>;
  /** What may not (R-1620): one encrypted JSON document. All optional as far as the way of signing in decides what is needed. */
  readonly secrets: z.ZodType<Secrets>;
  /** Columns of the row by which lists show it. */
  columns(settings: Settings): Readonly<Record<string, unknown>>;
  /** How rows keep it; left out: settings as JSON in `crmjira_config`, secrets as one JSON document. */
  readonly stored?: {
    settingsOf(row: StoredColumns): unknown;
    /** null: there is no secret */
    textOf(secrets: Secrets): string | null;
    secretsOf(text: string): unknown;
  };
  /** What must still be entered before it can be active, as `settings.url` or `secrets.token`; null or left out: its test says. */
  lacks?(settings: Settings, secrets: Secrets): string | null;
  /** Which fault ended what `open`, `sample`, `targets` or a run have thrown; left out: `faultOf` (`fault-of.ts`) says. */
  faultOf?(thrown: unknown, settings: Settings): NamedFault;
  /** Nothing is sent yet. @throws IntegrationError where settings and secrets do not fit together */
  open(id: string, settings: Settings, secrets: Secrets): Promise<OpenIntegration>;
}
