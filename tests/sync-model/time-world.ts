import {
  newTimeRecord,
  type planTimeRecord,
  sameWork,
  type StoredTimeRecord,
  type TimeRecordAction,
  type TimeRecordFacts,
  type WorklogFacts,
  type WorklogMark,
  type Work,
  workOf,
} from '@crmjira/domain';
import { Violation } from './link-world';
import type { Random } from './random';

/**
 * `time.pml` in TypeScript: a record, its worklogs and the service between them, with the model's ghost variables and assertions; what
 * the model's worker plans, the shipped function plans here. Names as in the model, where they are explained.
 */

export type TimePlan = typeof planTimeRecord;

/** Mistakes that the shell around the plan could make. */
export interface TimeMistakes {
  readonly notLookedFor?: true;
  readonly deadlineIgnored?: true;
  readonly onItsIssueOnly?: true;
  readonly markedLater?: true;
  readonly notLookedUpById?: true;
  readonly noHistory?: true;
}

interface Worklog {
  readonly id: number;
  issue: number;
  value: number;
  mark: WorklogMark | null;
  isUntouched: boolean;
}

interface Run {
  readonly value: number;
  readonly issue: number;
  readonly version: number;
  readonly stored: StoredTimeRecord;
  readonly wished: boolean;
  steps: TimeRecordAction[];
}

const RECORD = '00000000-0000-4000-8000-000000000001';
const SITE = '00000000-0000-4000-8000-000000000002';
const NOW = '2026-01-01T00:00:00Z';
const STARTED = '2025-05-16T13:00:00Z';
const work = (value: number): Work => workOf(STARTED, value * 60, 'x');
const valueOf = ({ seconds }: Work): number => seconds / 60;

export class TimeWorld {
  readonly trace: string[] = [];
  readonly kinds = new Set<string>();
  worklogs: Worklog[] = [];
  top = 0;
  value = 1;
  version = 1;
  issue = 0;
  wished = true;
  isDeleted = false;
  removed = false;
  stored: StoredTimeRecord = newTimeRecord;
  wire: (() => void) | null = null;
  late = 0;
  covered: { readonly value: number; readonly of: string } | null = null;
  /** Values that a write of ours covered. */
  owed = new Set<number>();
  named = new Set<number>();
  byPersonDeleted = false;
  old = 0;
  fresh = 2;
  edits = 0;
  jiraEdits = 0;
  moves = 0;
  failing = true;
  run: Run | null = null;
  pendingMark: (() => void) | null = null;
  constructor(
    private readonly most: { readonly edits: number; readonly jiraEdits: number; readonly late: number },
    private readonly plan: TimePlan,
    private readonly random: Random,
    private readonly mistakes: TimeMistakes = {},
  ) {}

  private assert(holds: boolean, words: string): void {
    if (!holds) throw new Violation(words);
  }

  private get(): Worklog | undefined {
    return this.worklogs.find(({ id }) => String(id) === this.stored.worklogId);
  }

  private post(issue: number, mark: WorklogMark): Worklog {
    this.assert(!this.byPersonDeleted, 'what a person deleted was made again');
    this.top += 1;
    const worklog: Worklog = { id: this.top, issue, value: valueOf(mark.wrote), mark, isUntouched: true };
    if (this.mistakes.markedLater) {
      worklog.mark = null;
      this.pendingMark = () => (worklog.mark = mark);
    }
    this.worklogs.push(worklog);
    return worklog;
  }

  private cover(worklog: Worklog, known: number | null, of: string): void {
    const { value, mark } = worklog;
    const base = this.stored.base;
    if (value === known || (mark !== null && valueOf(mark.wrote) === value)) return;
    if (base !== null && valueOf(base.jira) === value) return;
    this.covered = { value, of };
    this.owed.add(value);
  }

  private put(id: string, mark: WorklogMark): void {
    const worklog = this.worklogs.find((one) => String(one.id) === id);
    if (worklog === undefined) return;
    if (worklog.value !== valueOf(mark.wrote)) this.cover(worklog, null, String(mark.version));
    worklog.value = valueOf(mark.wrote);
    worklog.mark = mark;
    worklog.isUntouched = false;
  }

  /** What people, late requests and the service may do next. */
  steps(): (() => void)[] {
    const steps: (() => void)[] = [];
    const known = this.get() ?? this.worklogs.at(-1);
    if (this.edits < this.most.edits && !this.isDeleted && !this.removed)
      steps.push(() => {
        this.edits += 1;
        this.old = this.value;
        this.value = this.random(3) === 0 && this.value !== 1 ? 1 : this.fresh++;
        this.version += 1;
        this.wished = this.random(4) > 0;
        // Told that it is gone, they ask for a new one.
        if (this.wished && this.stored.gone) this.byPersonDeleted = false;
        this.trace.push(`record: ${this.value}`);
      });
    if (this.jiraEdits < this.most.jiraEdits && known !== undefined)
      steps.push(() => {
        this.jiraEdits += 1;
        known.value = this.fresh++;
        known.isUntouched = false;
        this.trace.push(`worklog: ${known.value}`);
      });
    if (this.moves === 0 && !this.removed) {
      if (known !== undefined && known.mark !== null)
        steps.push(() => {
          this.moves = 1;
          known.issue = 1;
          this.trace.push('moved in Jira');
        });
      steps.push(() => {
        this.moves = 1;
        this.issue = 1;
        this.version += 1;
        this.wished = true;
        this.byPersonDeleted = false;
        this.trace.push('other issue chosen');
      });
    }
    if (known !== undefined && this.random(8) === 0)
      steps.push(() => {
        // Where another issue was chosen a new one is made.
        if (known === this.get() && !this.stored.moving && this.issue === 0) this.byPersonDeleted = true;
        this.worklogs = this.worklogs.filter((one) => one !== known);
        this.trace.push('deleted in Jira');
      });
    if (!this.removed && this.random(8) === 0)
      steps.push(() => {
        this.removed = true;
        this.stored = { ...this.stored, removing: true };
        this.version += 1;
        this.trace.push('removal asked for');
      });
    const { wire } = this;
    if (wire !== null && this.random(4) === 0)
      steps.push(
        () => {
          this.trace.push('a late request lands');
          wire();
          this.wire = null;
        },
        () => (this.wire = null),
      );
    steps.push(...Array.from({ length: 5 }, () => () => this.work()));
    if (this.failing && this.run !== null)
      steps.push(() => {
        this.trace.push('cut off');
        this.run = null;
        this.pendingMark = null;
      });
    return steps;
  }

  private seen({ id, issue, value, mark, isUntouched }: Worklog) {
    return {
      worklogId: String(id),
      issueId: String(issue),
      issueKey: `A-${issue + 1}`,
      work: work(value),
      comment: 'x',
      mark,
      isUntouched,
      updatedBy: null,
      updatedOn: null,
    };
  }

  private readWorklog(): WorklogFacts {
    const { worklogId, issueId } = this.stored;
    if (worklogId !== null) {
      const found = this.get();
      if (found === undefined || (this.mistakes.notLookedUpById && String(found.issue) !== issueId))
        return { kind: 'gone' };
      return { kind: 'there', worklog: this.seen(found) };
    }
    const found = this.worklogs.find(
      ({ mark, issue }) => mark !== null && (!this.mistakes.onItsIssueOnly || String(issue) === issueId),
    );
    return {
      kind: 'unknown',
      found: found === undefined || this.mistakes.notLookedFor ? null : this.seen(found),
      twin: null,
    };
  }

  private facts(run: Run): TimeRecordFacts {
    const { covered } = this;
    return {
      record: {
        id: RECORD,
        etag: String(run.version),
        version: run.version,
        issueKey: `A-${run.issue + 1}`,
        work: work(run.value),
        comment: 'x',
        wished: run.wished,
        changedBy: null,
        changedOn: null,
      },
      stored: run.stored,
      integration: SITE,
      target: { issueId: String(run.issue), issueKey: `A-${run.issue + 1}` },
      trouble: null,
      isRefused: false,
      worklog: this.readWorklog(),
      answered: null,
      covered:
        covered === null || this.mistakes.noHistory
          ? null
          : { of: covered.of, seconds: covered.value * 60, by: null, on: null },
    };
  }

  /** One step of a run: read and plan, then each action by itself. */
  work(): void {
    if (this.run === null) {
      const { value, issue, version, stored, wished } = this;
      this.run = { value, issue, version, stored, wished, steps: [] };
      const isQuiet = this.wire === null || this.mistakes.deadlineIgnored === true;
      const actions = this.plan(this.facts(this.run), { wireMs: isQuiet ? 0 : 1000, takes: true }, NOW);
      this.run.steps = [...actions];
      this.assert(actions.length < 2 || ['begin', 'moving'].includes(actions[0]!.kind), 'one step at a time');
      if (actions.length === 0) {
        this.atRest();
        this.run = null;
      }
      return;
    }
    const action = this.run.steps.shift()!;
    const isDone = this.apply(action, this.run);
    if (!isDone || this.run.steps.length === 0) this.run = null;
  }

  private apply(action: TimeRecordAction, run: Run): boolean {
    this.kinds.add(action.kind);
    this.trace.push(`   run: ${action.kind}  record ${run.value}@${run.issue} v${run.version}`);
    const isLate = this.failing && this.wire === null && this.late < this.most.late && this.random(4) === 0;
    const send = (land: () => void): void => {
      if (isLate) {
        this.late += 1;
        this.wire = land;
      } else if (!this.failing || this.random(5) > 0) land();
    };
    if (action.kind === 'create') {
      send(() => this.post(Number(action.issueId), action.mark));
      if (this.pendingMark !== null) {
        if (this.failing && this.random(2) === 0) this.pendingMark = null;
        else this.pendingMark();
      }
      this.pendingMark = null;
      return true;
    }
    if (action.kind === 'put') {
      send(() => this.put(action.worklogId, action.mark));
      return true;
    }
    if (action.kind === 'delete') {
      const worklog = this.worklogs.find(({ id }) => String(id) === action.worklogId);
      const { base } = this.stored;
      if (worklog !== undefined) {
        if (!run.stored.removing) this.cover(worklog, base === null ? null : valueOf(base.jira), `left ${worklog.id}`);
        this.worklogs = this.worklogs.filter((one) => one !== worklog);
      }
      return true;
    }
    // If-Match.
    if (action.etag !== String(this.version) && run.steps.length === 0) return false;
    if (this.version !== run.version) return false;
    if ('entries' in action)
      for (const { field, crm, jira } of action.entries)
        if (field === 'seconds') for (const one of [crm, jira]) if (one !== null) this.named.add(Number(one) / 60);
    if (action.kind === 'take' || action.kind === 'conflict') {
      const theirs = valueOf(action.stored.base!.jira);
      this.assert(theirs !== this.old, 'what the record had before a person changed it came back by itself');
    }
    if (action.kind === 'take') this.value = valueOf(action.stored.base!.jira);
    if (action.kind === 'follow') this.issue = Number(action.stored.issueId);
    this.stored = action.stored;
    if (action.served) this.wished = false;
    // A row has a new version with each of our own writes as well.
    this.version += 1;
    return true;
  }

  private atRest(): void {
    if (this.wire !== null || this.run!.version !== this.version) return;
    this.assert(this.worklogs.length <= 1, 'two worklogs for one record');
    if (this.removed && !this.stored.removing && !this.wished)
      this.assert(this.worklogs.length === 0, 'a worklog stands although its removal is done');
    if (this.stored.gone || this.wished || this.removed) return;
    const [worklog] = this.worklogs;
    for (const value of this.owed)
      this.assert(
        this.named.has(value) || worklog?.value === value || this.value === value,
        `value ${value} was lost without an entry`,
      );
  }

  /** Failures end: within a few rounds nothing is left to do, and both sides agree. */
  settle(): void {
    this.failing = false;
    if (this.wire !== null && this.random(2) === 0) this.wire();
    this.wire = null;
    this.run = null;
    this.pendingMark = null;
    if (!this.stored.gone && !this.removed) this.wished = true;
    for (let step = 0; step < 80; step += 1) {
      const before = this.trace.length;
      do this.work();
      while (this.run !== null);
      if (this.trace.length !== before) continue;
      if (this.stored.gone || this.removed) return;
      const [worklog] = this.worklogs;
      this.assert(worklog !== undefined && this.worklogs.length === 1, `it ends with ${this.worklogs.length} worklogs`);
      this.assert(
        sameWork(work(worklog!.value), work(this.value)) && worklog!.issue === this.issue,
        `it ends with ${this.value}@${this.issue} and ${worklog!.value}@${worklog!.issue}`,
      );
      this.assert(!this.wished, 'the wish is never served');
      return;
    }
    throw new Violation('it never comes to rest');
  }

  /** @throws Violation */
  explore(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      const possible = this.steps();
      possible[this.random(possible.length)]!();
    }
    this.settle();
  }
}
