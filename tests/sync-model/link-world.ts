import {
  type ChangelogEntry,
  type ConflictPolicy,
  type Decision,
  type FieldBase,
  type IssueAction,
  type IssueLinkFacts,
  type IssuePolicy,
  newLink,
  type planIssueLink,
  type RecordFacts,
  type StoredLink,
  SyncPreference,
} from '@crmjira/domain';
import { walkChangelog } from '../../domain/src/issues/merge/walk-changelog';
import type { Random } from './random';

/**
 * `link.pml` in TypeScript: records, one issue, the service between them, with the model's ghost variables and assertions; what the
 * model's worker plans, the shipped function plans here. Names as in the model, where they are explained.
 */

export type Plan = typeof planIssueLink;

export interface Sizes {
  readonly links: 1 | 2;
  readonly edits: number;
  readonly jiraEdits: number;
  readonly lateWrites: number;
  readonly switches: number;
  readonly decisions: number;
  readonly policy: ConflictPolicy;
  /** It begins with a write that was given up and overtaken by the next one: it is still to land. */
  readonly overtaken: boolean;
  /** Edits of the record that touch other columns: its version grows, the value does not change. */
  readonly otherEdits: number;
  /** An issue that was there is linked: nothing was ever accounted for, and both sides may differ. Of one link. */
  readonly first: boolean;
}

/** Mistakes that the shell around the plan could make. */
export interface Mistakes {
  readonly unguardedTake?: true;
  readonly unguardedLink?: true;
  readonly takeInTwoRequests?: true;
  readonly baseBeforeWrite?: true;
  readonly marksByAccount?: true;
  readonly noMarks?: true;
  readonly noVersions?: true;
  readonly echoWindow?: true;
  readonly noChangelog?: true;
  readonly newestEntryOnly?: true;
  readonly believedWebhook?: true;
  readonly jiraFirst?: true;
  readonly deadlineIgnored?: true;
  readonly twoSenders?: true;
  readonly baseAnewWhenSwitchedOn?: true;
  readonly newestCursor?: true;
}

/** Steps that the service carries out whatever the record has become, as the model does (`FREE`). */
const FREE: ReadonlySet<IssueAction['kind']> = new Set(['enter', 'confirm', 'refuse', 'note']);

/** Before anything was accounted for. */
const NO_BASE: FieldBase = { crm: null, jira: null, version: 0, cursor: 0, entered: [], conflict: null, isFirst: true };

export class Violation extends Error {}

const VALUES = ['v0', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8', 'v9'];
const WINDOW = 3;
export const FAR = '2026-01-01T00:00:00.000Z';
const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface Entry {
  readonly id: number;
  readonly value: string;
  readonly tag: number;
  /** 0 a person, else the link, counted from 1 */
  readonly who: number;
  readonly version: number;
}

interface Late {
  readonly value: string;
  readonly tag: number;
  readonly version: number;
}

interface Link {
  c: string;
  ver: number;
  linkVer: number;
  stored: StoredLink;
  preference: SyncPreference;
  wishes: number;
  late: Late | null;
  decision: Decision | null;
  touch: boolean;
  edits: number;
  otherEdits: number;
  switches: number;
  decisions: number;
  lateWrites: number;
  // ghosts
  tc: number;
  agc: string;
  agj: string;
  agtc: number;
  agtj: number;
  lv: number;
  cs: string;
  cst: number;
  crep: Set<number>;
  window: number;
  run: Run | null;
  early: JiraRead | null;
  /** What was read of Jira before a write to Dataverse alone: it serves the next round, unless that one writes to Jira. */
  kept: JiraRead | null;
}

interface Run {
  readonly c: string;
  readonly tag: number;
  readonly ver: number;
  readonly linkVer: number;
  readonly stored: StoredLink;
  readonly preference: SyncPreference;
  readonly wish: string;
  readonly decision: Decision | null;
  readonly early?: JiraRead;
  planned?: { readonly action: IssueAction; readonly jira: JiraRead; readonly pending: IssueAction | null };
}

interface JiraRead {
  readonly log: readonly Entry[];
  readonly j: string;
  readonly tag: number;
}

export class LinkWorld {
  readonly trace: string[] = [];
  readonly links: Link[];
  j = 'v0';
  log: Entry[] = [];
  fresh = 1;
  tags = 1;
  nextId = 1;
  jiraEdits = 0;
  failing = true;
  tj = 0;
  sup = new Set<number>();
  supf = new Set<number>();
  safe = new Set<number>([0]);
  owed = new Set<number>();
  entered = new Set<number>();
  by = new Map<number, number>();
  vt = new Map<number, string>([[0, 'v0']]);
  js = 'v0';
  jst = 0;
  /** Who made it so. */
  jsFrom: 'ours' | 'late' | 'accounted' = 'accounted';
  jrep = new Set<number>();
  webhook: string | null = null;
  readonly policy: IssuePolicy;
  /** How long a late write takes, in this walk. */
  private readonly patience: number;
  /** How the next write ends. */
  private forced: number | null = null;

  constructor(
    readonly sizes: Sizes,
    private readonly plan: Plan,
    private readonly random: Random,
    private readonly mistakes: Mistakes = {},
    private readonly seen?: (facts: IssueLinkFacts, policy: IssuePolicy, actions: readonly IssueAction[]) => void,
  ) {
    this.policy = {
      conflicts: { status: 'ask', priority: 'ask', summary: sizes.policy, label: 'merge' },
      statuses: { rows: [] },
      priorities: { rows: [] },
      titleLength: 200,
      wireMs: 1000,
    };
    const summary: FieldBase = { crm: 'v0', jira: 'v0', version: 0, cursor: 0, entered: [], conflict: null };
    this.links = Array.from({ length: sizes.links }, (_, l) => ({
      c: 'v0',
      ver: 0,
      linkVer: 0,
      stored: { ...newLink('10001', this.record(l, 'v0', 0)), stage: 'linked', fields: sizes.first ? {} : { summary } },
      preference: l === 0 || mistakes.twoSenders === true ? SyncPreference.Both : SyncPreference.JiraToCrm,
      wishes: 0,
      late: null,
      decision: null,
      touch: false,
      edits: 0,
      otherEdits: 0,
      switches: 0,
      decisions: 0,
      lateWrites: 0,
      tc: 0,
      agc: 'v0',
      agj: 'v0',
      agtc: 0,
      agtj: 0,
      lv: 0,
      cs: 'v0',
      cst: 0,
      crep: new Set<number>(),
      window: 0,
      run: null,
      early: null,
      kept: null,
    }));
    this.patience = 1 + random(12);
    if (sizes.first && random(2) === 0) this.differ();
  }

  /** The issue that is linked has a value of its own. */
  private differ(): void {
    const [link] = this.links;
    this.j = this.js = link!.agj = 'v1';
    this.tj = this.jst = link!.agtj = 1;
    this.vt.set(1, 'v1');
    this.tags = 2;
    this.fresh = 2;
    this.safe.clear();
  }

  private assert(holds: boolean, words: string): void {
    if (!holds) throw new Violation(words);
  }

  private note(words: string): void {
    this.trace.push(words);
  }

  private wish(l: number): string {
    return new Date(Date.UTC(2000, 0, 1) + this.links[l]!.wishes * 10_000).toISOString();
  }

  private base(link: Link): FieldBase {
    return link.stored.fields.summary ?? NO_BASE;
  }

  private isOff(l: number): boolean {
    return this.links[l]!.stored.offConfirmed === this.wish(l);
  }

  private append(value: string, tag: number, who: number, version: number): void {
    this.note(`Jira ${this.j} -> ${value} by ${who}`);
    this.log.push({ id: this.nextId++, value, tag, who, version });
    this.j = value;
    this.tj = tag;
  }

  /** Both sides have it. */
  private meet(l: number): void {
    const link = this.links[l]!;
    if (link.c === this.j) this.safe.add(link.tc).add(this.tj);
  }

  /** A write of ours reaches Jira. */
  private land(l: number, { value, tag, version }: Late): void {
    const link = this.links[l]!;
    this.assert(!this.isOff(l), 'something was written although Off was in force');
    const base = this.base(link);
    const overtaken = (version <= base.version && value !== base.crm) || version < link.lv;
    link.lv = Math.max(link.lv, version);
    const t = value === link.c && !overtaken ? link.tc : tag;
    if (value === this.j) this.safe.add(t).add(this.tj);
    else {
      const known = this.safe.has(this.tj) || this.sup.has(this.tj) || this.j === link.agj;
      if (!known) this.owed.add(this.tj);
      else {
        this.safe.add(t);
        const nothingOwed = [...this.owed].every((one) => this.safe.has(one));
        if (!overtaken && this.j === link.agj && nothingOwed) {
          link.agc = value;
          link.agj = value;
          link.agtc = t;
          link.agtj = t;
        }
      }
      this.append(value, t, l + 1, version);
    }
    if (!overtaken) {
      link.cs = value;
      link.cst = t;
      link.crep = new Set();
    }
    this.js = this.j;
    this.jst = this.tj;
    this.jsFrom = overtaken ? 'late' : 'ours';
    this.jrep = new Set();
    link.window = WINDOW;
  }

  private pick(): string {
    return VALUES[this.random(this.fresh + 1)]!;
  }

  editRecord(l: number): void {
    const link = this.links[l]!;
    const value = this.pick();
    link.edits += 1;
    if (value === link.c) return;
    this.note(`Dynamics ${l}: ${link.c} -> ${value} by a person`);
    const replaced = link.tc;
    const sup = l === 0 ? this.sup : this.supf;
    link.crep.add(replaced);
    sup.add(replaced);
    if (value === link.agc) link.tc = link.agtc;
    else if (value === link.cs) {
      link.tc = link.cst;
      this.safe.add(link.tc);
      for (const one of link.crep) sup.delete(one);
      link.crep = new Set();
    } else {
      link.tc = this.tags++;
      this.vt.set(link.tc, value);
    }
    sup.delete(link.tc);
    if (l === 0) this.by.set(replaced, link.tc);
    if (value === VALUES[this.fresh]) this.fresh += 1;
    link.c = value;
    link.ver += 1;
    link.touch = true;
    this.meet(l);
  }

  editIssue(): void {
    const value = this.pick();
    this.jiraEdits += 1;
    if (value === this.j) return;
    const replaced = this.tj;
    this.jrep.add(replaced);
    this.sup.add(replaced);
    // Back over a late write of ours is a change: it binds nothing.
    if (value === this.js && this.jsFrom !== 'late') {
      // It came from the record as it then was: both sides know it.
      if (this.jsFrom === 'ours') this.safe.add(this.jst);
      this.append(value, this.jst, 0, 0);
      for (const one of this.jrep) this.sup.delete(one);
      this.jrep = new Set();
    } else if (this.links.every(({ agj }) => agj === value)) this.append(value, this.links[0]!.agtj, 0, 0);
    else if (this.links.every(({ agc }) => agc === value)) {
      this.safe.add(this.links[0]!.agtc);
      this.append(value, this.links[0]!.agtc, 0, 0);
    } else {
      this.vt.set(this.tags, value);
      this.append(value, this.tags++, 0, 0);
    }
    this.sup.delete(this.tj);
    this.by.set(replaced, this.tj);
    this.links[0]!.touch = true;
    if (value === VALUES[this.fresh]) this.fresh += 1;
    this.links.forEach((_, l) => this.meet(l));
    this.webhook ??= value;
  }

  decide(l: number, side: 'crm' | 'jira'): void {
    const link = this.links[l]!;
    const shown = this.base(link).conflict!;
    link.decisions += 1;
    link.decision = {
      commandId: guid(900 + link.decisions),
      field: 'summary',
      side,
      by: guid(7),
      crm: shown.crm,
      jira: shown.jira,
    };
    this.note(`decision ${side} about ${shown.crm} and ${shown.jira}`);
  }

  switchPreference(l: number): void {
    const link = this.links[l]!;
    const others = Object.values(SyncPreference).filter((one) => one !== link.preference);
    link.preference = others[this.random(others.length)]!;
    link.switches += 1;
    link.wishes += 1;
    if (!this.mistakes.unguardedLink) link.linkVer += 1;
    if (this.mistakes.baseAnewWhenSwitchedOn && link.preference === SyncPreference.Both)
      link.stored = {
        ...link.stored,
        fields: { summary: { ...this.base(link), crm: link.c, jira: this.j, cursor: this.nextId - 1 } },
      };
    this.note(`preference ${link.preference}`);
  }

  /** What may happen next; each by its weight. */
  steps(): (() => void)[] {
    const steps: (() => void)[] = [];
    const { sizes } = this;
    if (this.jiraEdits < sizes.jiraEdits) steps.push(() => this.editIssue());
    this.links.forEach((link, l) => {
      if (link.edits < sizes.edits) steps.push(() => this.editRecord(l));
      if (link.otherEdits < sizes.otherEdits)
        steps.push(() => {
          link.otherEdits += 1;
          link.ver += 1;
        });
      if (link.switches < sizes.switches && l === 0) steps.push(() => this.switchPreference(l));
      if (this.base(link).conflict !== null && link.decision === null && link.decisions < sizes.decisions)
        steps.push(() => this.decide(l, this.random(2) === 0 ? 'crm' : 'jira'));
      if (link.late !== null && this.random(this.patience) === 0)
        steps.push(
          () => this.lateLands(l),
          () => (link.late = null),
        );
      if (this.mistakes.echoWindow && link.window > 0) steps.push(() => (link.window -= 1));
      steps.push(
        () => this.work(l),
        () => this.work(l),
        () => this.work(l),
      );
      if (this.failing && link.run !== null) steps.push(() => (link.run = link.kept = null));
    });
    return steps;
  }

  private lateLands(l: number): void {
    const link = this.links[l]!;
    this.land(l, link.late!);
    this.meet(l);
    link.late = null;
  }

  private readJira(): JiraRead {
    return { log: [...this.log], j: this.j, tag: this.tj };
  }

  /** One step of a run: read Dataverse; read Jira and plan; apply. */
  work(l: number): void {
    const link = this.links[l]!;
    const { run } = link;
    if (run === null && this.mistakes.jiraFirst && link.early === null) link.early = this.readJira();
    else if (run === null) {
      link.run = {
        ...(link.early === null ? {} : { early: link.early }),
        c: link.c,
        tag: link.tc,
        ver: link.ver,
        linkVer: link.linkVer,
        stored: link.stored,
        preference: link.preference,
        wish: this.wish(l),
        decision: link.decision,
      };
      link.early = null;
    } else if (run.planned === undefined) {
      const isQuiet = this.mistakes.deadlineIgnored === true || link.late === null;
      const planFrom = (read: JiraRead): readonly IssueAction[] => {
        const facts = this.facts(l, run, read);
        const planned = this.plan(facts, this.policy, isQuiet ? FAR : this.wish(l));
        this.seen?.(facts, this.policy, planned);
        return planned;
      };
      let jira = run.early ?? link.kept ?? this.readJira();
      let actions = planFrom(jira);
      if (link.kept !== null && actions.some(({ kind }) => kind === 'write')) {
        jira = this.readJira();
        actions = planFrom(jira);
      }
      link.kept = null;
      this.assert(actions.length <= 1, 'one step at a time');
      const [action] = actions;
      if (action === undefined) {
        this.atRest(l, run, jira);
        link.run = null;
      } else if (this.mistakes.baseBeforeWrite && action.kind === 'write') {
        const base = {
          ...this.base(link),
          crm: run.c,
          jira: run.c,
          version: run.ver,
          cursor: jira.log.at(-1)?.id ?? 0,
        };
        const stored = { ...run.stored, fields: { summary: base } };
        const first: IssueAction = { kind: 'agree', guard: { record: '', link: '' }, stored };
        run.planned = { action: first, jira, pending: action };
      } else run.planned = { action, jira, pending: null };
    } else {
      const { action, jira, pending } = run.planned;
      this.note(
        `run ${l}: ${action.kind}  record ${link.c} read ${run.c}  base ${this.base(link).crm}/${this.base(link).jira} jira ${this.j}`,
      );
      const done = this.apply(l, action, run, jira);
      link.run = null;
      link.kept = done && action.kind !== 'write' ? jira : null;
      if (pending !== null && done)
        link.run = { ...run, linkVer: link.linkVer, planned: { action: pending, jira, pending: null } };
      this.meet(l);
    }
  }

  private record(l: number, summary: string, version: number): RecordFacts {
    return {
      table: 'incident',
      id: guid(100 + l),
      etag: String(version),
      version,
      closed: false,
      changedBy: 'somebody',
      changedOn: FAR,
      summary,
    };
  }

  private facts(l: number, run: Run, jira: JiraRead): IssueLinkFacts {
    const { mistakes } = this;
    const link = this.links[l]!;
    const cursor = run.stored.fields.summary?.cursor ?? 0;
    let changelog = jira.log.map((entry): ChangelogEntry => {
      const isMarked = entry.who !== 0 && !mistakes.noMarks;
      const marked = mistakes.marksByAccount ? l : entry.who - 1;
      return {
        id: entry.id,
        on: FAR,
        by: entry.who === 0 ? `person ${entry.tag}` : 'service',
        mark: isMarked ? { link: guid(marked), version: mistakes.noVersions ? 1_000 + entry.id : entry.version } : null,
        // The tag travels as blanks, which nothing compares.
        items: [{ field: 'summary', from: null, to: `${entry.value}${' '.repeat(entry.tag)}` }],
      };
    });
    if (mistakes.echoWindow && link.window > 0) changelog = changelog.filter(({ mark }) => mark === null && false);
    if (mistakes.noChangelog || (mistakes.newestEntryOnly && changelog.some(({ id }) => id > cursor))) {
      const last = changelog.filter(({ id }) => id > cursor).at(-1);
      changelog = last === undefined ? [] : [mistakes.noChangelog ? { ...last, mark: null } : last];
    }
    if (mistakes.believedWebhook && this.webhook !== null) {
      const id = Math.max(cursor, jira.log.at(-1)?.id ?? 0) + 0.5;
      changelog = [
        ...changelog,
        { id, on: FAR, by: null, mark: null, items: [{ field: 'summary', from: null, to: this.webhook }] },
      ];
      this.webhook = null;
    }
    const shown = {
      issueId: '10001',
      key: 'ACME-1',
      projectId: '10000',
      summary: jira.j,
      type: 'Bug',
      status: 'Open',
      statusCategory: 'new',
      priority: null,
      assignee: null,
      assigneeActive: true,
      labels: [],
      resolution: null,
      resolvedOn: null,
      resolvedBy: null,
      archived: false,
    } as const;
    return {
      link: {
        id: guid(l),
        etag: String(run.linkVer),
        preference: run.preference,
        wanted: 'linked',
        wishedOn: run.wish,
        follows: false,
        stored: run.stored,
      },
      record: this.record(l, run.c, run.ver),
      issue: {
        kind: 'there',
        shown,
        statusId: '1',
        priorityId: null,
        changelog,
        transitions: [],
        editable: ['summary', 'priority', 'labels'],
        marked: true,
      },
      mirror: { issue: shown, deleted: false },
      decisions: run.decision === null ? [] : [run.decision],
    };
  }

  /** Whether a value stands in an entry. */
  private named(tag: number): boolean {
    return [...this.entered].some((one) => this.vt.get(one) === this.vt.get(tag));
  }

  /** Nothing is left to do, and nothing has changed since it was read. */
  private atRest(l: number, run: Run, jira: JiraRead): void {
    const link = this.links[l]!;
    const moved = run.ver !== link.ver || run.linkVer !== link.linkVer || run.decision !== link.decision;
    if (moved || jira.log.length !== this.log.length || this.links.some(({ late }) => late !== null)) return;
    const end = this.nextId - 1;
    const others = this.links.filter((one) => one !== link);
    const othersRest = others.every((one) => {
      const base = this.base(one);
      const agrees = base.crm === one.c && one.c === this.j;
      return (
        base.cursor === end &&
        base.jira === this.j &&
        (one.preference !== SyncPreference.Both || agrees || base.conflict !== null)
      );
    });
    if (!othersRest) return;
    for (const tag of this.owed)
      this.assert(
        this.safe.has(tag) || this.vt.get(tag) === this.j || this.named(tag),
        `value ${this.vt.get(tag)} was lost without an entry`,
      );
    if (run.preference === SyncPreference.Both && this.base(link).conflict === null) {
      this.assert(link.c === this.j, `at rest ${link.c} and ${this.j} differ and no conflict is open`);
      let x = link.tc;
      for (let q = 0; q < 6 && this.sup.has(x) && !this.entered.has(x); q += 1) x = this.by.get(x) ?? 0;
      this.assert(
        !this.sup.has(link.tc) || !this.sup.has(this.tj) || this.entered.has(x) || this.vt.get(x) === link.c,
        'a value that somebody had replaced has come back, and what replaced it stands nowhere',
      );
    } else if (run.preference === SyncPreference.JiraToCrm) {
      const base = this.base(link);
      const { baseCrm, owed } = walkChangelog(
        base,
        jira.log.map(({ id, value, who, version }) => ({
          ...{ id, value, text: value, by: null, on: FAR },
          ownVersion: who === l + 1 ? version : null,
        })),
      );
      this.assert(link.c === this.j || link.c !== baseCrm || owed, 'From Jira: an unchanged record differs');
    }
  }

  /** Tag of Jira's value in an action: of the entry of the changelog that it was read from. */
  private tagOf(link: Link, value: string | null, jira: JiraRead): number {
    const of = jira.log.filter((entry) => entry.value === value).at(-1);
    return of?.tag ?? (value === link.agj ? link.agtj : jira.tag);
  }

  /** @returns whether it was carried out */
  private apply(l: number, action: IssueAction, run: Run, jira: JiraRead): boolean {
    const link = this.links[l]!;
    if (action.kind === 'write') {
      const write = { value: action.write.value!, tag: run.tag, version: action.mark.version };
      this.assert(action.mark.version === run.ver, 'the mark carries the version that was read');
      const how = this.forced ?? (this.failing ? this.random(4) : 0);
      if (how === 1 && link.lateWrites < this.sizes.lateWrites && link.late === null) {
        link.lateWrites += 1;
        link.late = write;
      } else if (how !== 2) this.land(l, write);
      return true;
    }
    if (!('guard' in action)) throw new Error(`${action.kind} in a world without it`);
    const unguarded = this.mistakes.unguardedTake && action.kind === 'take';
    const isGuarded = !FREE.has(action.kind) && action.guard.record !== null;
    if (!unguarded && ((isGuarded && run.ver !== link.ver) || run.linkVer !== link.linkVer)) return false;
    const before = this.base(link);
    const tagIn = (text: string | null): number => (text === null ? 0 : text.length - text.trimEnd().length);
    const name = (...texts: readonly (string | null)[]): void => {
      for (const text of texts) {
        if (text === null) continue;
        const tag =
          text === run.c ? run.tag : text.endsWith(' ') ? tagIn(text) : this.tagOf(link, text.trimEnd(), jira);
        this.safe.add(tag);
        this.entered.add(tag);
      }
    };
    const isKnown = (): boolean =>
      this.safe.has(link.tc) || this.sup.has(link.tc) || (l === 1 && this.supf.has(link.tc));
    if ('entries' in action)
      for (const one of action.entries) {
        if (action.kind === 'take') name(one.crm);
        else if (action.kind === 'keep' || action.kind === 'enter') name(one.jira);
        else name(one.crm, one.jira);
      }
    const meets = (crm: string, jiraValue: string, crmTag: number, jiraTag: number): void => {
      link.agc = crm;
      link.agj = jiraValue;
      link.agtc = crmTag;
      link.agtj = jiraTag;
    };
    const takes = (value: string, tag: number): void => {
      link.c = value;
      link.tc = tag;
      link.ver += 1;
      this.safe.add(tag);
      meets(value, jira.j, tag, jira.tag);
    };
    const theirs = (): { value: string; tag: number } => {
      const value = 'record' in action ? (action.record?.summary ?? '') : '';
      return { value, tag: this.tagOf(link, value, jira) };
    };
    let stored: StoredLink = link.stored;
    if ('stored' in action) stored = action.stored;
    switch (action.kind) {
      case 'enter':
      case 'confirm':
      case 'note':
        break;
      case 'agree':
        this.safe.add(run.tag).add(jira.tag);
        meets(run.c, jira.j, run.tag, jira.tag);
        break;
      case 'take': {
        this.assert(
          !this.isOff(l) && link.preference !== SyncPreference.Off,
          'the record was written although it is off',
        );
        this.assert(isKnown(), `the record's value ${link.c} was overwritten without an entry`);
        const { value, tag } = theirs();
        takes(value, tag);
        break;
      }
      case 'keep':
        meets(run.c, jira.j, run.tag, jira.tag);
        break;
      case 'hold':
        link.touch = this.log.length > jira.log.length || run.c !== link.c;
        break;
      case 'close':
        this.assert(
          run.preference !== SyncPreference.Both || link.touch || run.c === this.ofPeople(before, jira),
          'only people end a conflict',
        );
        break;
      case 'refuse':
        link.decision = null;
        break;
      case 'decided': {
        const shown = before.conflict!;
        const tt = this.tagOf(link, shown.jira, jira);
        this.assert(link.c === link.decision!.crm, 'a decision was applied to a value that the person did not see');
        if (action.side === 'crm') {
          this.sup.add(tt).delete(run.tag);
          this.sup.delete(run.tag);
          this.by.set(tt, run.tag);
          meets(run.c, jira.j, run.tag, jira.tag);
        } else {
          this.assert(
            isKnown() || this.named(link.tc),
            `the record's value ${link.c} was overwritten without an entry`,
          );
          const { value, tag } = theirs();
          this.assert(value === link.decision!.jira, 'a decision was applied to a value that the person did not see');
          this.sup.add(run.tag);
          this.sup.delete(tag);
          this.by.set(run.tag, tag);
          takes(value, tag);
        }
        link.decision = null;
        break;
      }
      default:
        throw new Error(`${action.kind} in a world without it`);
    }
    const after = stored.fields.summary!;
    const isBase = ['agree', 'take', 'keep', 'decided'].includes(action.kind);
    if (isBase) {
      const unread = this.log.slice(jira.log.length);
      if (!unread.some(({ who }) => who !== 0)) {
        this.js = jira.j;
        this.jst = jira.tag;
        this.jsFrom = 'accounted';
        if (unread.length === 0) this.jrep = new Set();
      }
      link.cs = after.crm ?? '';
      link.cst = link.agtc;
      link.crep = new Set();
    }
    if (this.mistakes.takeInTwoRequests && action.kind === 'take') {
      if (this.random(2) === 0) return true;
    }
    if (this.mistakes.newestCursor && isBase)
      stored = { ...stored, fields: { summary: { ...after, cursor: this.nextId - 1 } } };
    link.stored = stored;
    link.linkVer += 1;
    return true;
  }

  /** What people last made of the issue. */
  private ofPeople(base: FieldBase, jira: JiraRead): string | null {
    if (base.isFirst) return jira.j;
    return jira.log.filter(({ id, who }) => who === 0 && id > base.cursor).at(-1)?.value ?? base.jira;
  }

  /** Failures end: within a few rounds nothing is left to do, and both sides agree or people are asked. */
  settle(): void {
    this.failing = false;
    this.links.forEach((link, l) => {
      if (link.late !== null) this.lateLands(l);
      link.run = null;
      link.early = null;
      link.kept = null;
      link.window = 0;
    });
    for (let round = 0; round < 60; round += 1) {
      const before = this.trace.length;
      this.links.forEach((link, l) => {
        do this.work(l);
        while (link.run !== null || link.early !== null || link.kept !== null);
      });
      if (this.trace.length === before) {
        this.links.forEach((link) =>
          this.assert(
            link.preference !== SyncPreference.Both || link.c === this.j || this.base(link).conflict !== null,
            `it ends with ${link.c} and ${this.j}`,
          ),
        );
        return;
      }
    }
    throw new Violation('it never comes to rest');
  }

  private sendAtOnce(how: number): void {
    const link = this.links[0]!;
    this.forced = how;
    const before = link.c;
    while (link.c === before) this.editRecord(0);
    do this.work(0);
    while (link.run !== null || link.early !== null || link.kept !== null);
    this.forced = null;
  }

  /** @throws Violation */
  explore(steps: number): void {
    if (this.sizes.overtaken && !this.sizes.first) for (const how of [1, 0]) this.sendAtOnce(how);
    for (let step = 0; step < steps; step += 1) {
      const possible = this.steps();
      possible[this.random(possible.length)]!();
    }
    this.settle();
  }
}
