import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandState } from '@crmjira/domain';
import pino from 'pino';
import { z } from 'zod';
import { connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { followWorklogs } from '../../../../plugins-proxy/src/capabilities/time/inbound';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { openStore } from '../../../../plugins-proxy/src/queue/store/open-store';
import { randomFor } from '../../../../sandbox/src/seed/random';
import { freePort } from '../../../free-port';
import { eventually } from '../../eventually';
import { type ProxyChild, startProxyChild } from '../../proxy-child';
import { startStandIns, variable } from '../../stand-ins';
import { type Chaos, startChaosRelay } from './chaos-relay';
import { judgeTime, type TimeVerdict } from './time-storm-oracle';
import { createTimePeople, records } from './time-storm-people';

/** A storm of people's time on both sides. */
export interface TimeStormOptions {
  readonly records: number;
  readonly issues: number;
  /** Steps of people, beside the entering of records. */
  readonly steps: number;
  readonly waves: number;
  readonly replicas: number;
  /** Processes ended with SIGKILL in its course. */
  readonly kills: number;
  /** Whether worklogs are logged and deleted in Jira as well, of which its feeds tell a minute later. */
  readonly waitsForFeeds: boolean;
  /** Steps begun a second. */
  readonly perSecond: number;
  /** Environment of the store. */
  readonly store: Readonly<Record<string, string>>;
  readonly chaos: Chaos;
  readonly settleWithinMs: number;
  readonly report: (line: string) => void;
}

export interface TimeStormResult extends TimeVerdict {
  readonly dead: number;
  readonly kills: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Records that the look for silent changes has named. */
  readonly found: number;
  readonly webhooks: { readonly taken: number; readonly lost: number; readonly doubled: number };
  readonly runs: number;
  readonly seconds: TimeVerdict['seconds'];
  readonly took: number;
}

/** Of a hundred steps. */
const mix = { longer: 35, jiraDuration: 20, both: 15, otherIssue: 12, takeBack: 5 } as const;
const toldLater = { loggedInJira: 8, jiraDeleted: 5 } as const;
/** Jira's feeds leave out the last minute. */
const feedLagMs = 65_000;
const health = z.object({ queue: z.object({ pending: z.number(), dead: z.number() }) });
const anyRow = z.record(z.string(), z.unknown());

/** Replicas behind one address; who sends to one that is gone is told nothing. */
function createReplicas(
  environment: Readonly<Record<string, string>>,
  relay: Awaited<ReturnType<typeof startChaosRelay>>,
) {
  const running: { readonly child: ProxyChild; readonly address: string }[] = [];
  let logged = '';
  const start = async (): Promise<void> => {
    const port = String(await freePort());
    const address = `http://localhost:${port}`;
    relay.pointTo(address);
    running.push({ child: await startProxyChild({ ...environment, PORT: port, PUBLIC_URL: relay.url }), address });
  };
  const end = async (one: (typeof running)[number]): Promise<void> => {
    one.child.kill();
    await one.child.gone();
    logged += one.child.lines();
  };
  const log = (): string => logged + running.map(({ child }) => child.lines()).join('\n');
  return {
    start,
    log,
    said: (words: string): number => log().split(words).length - 1,
    strike: async (): Promise<void> => {
      const victim = running.shift();
      const next = running[0];
      if (victim !== undefined) await end(victim);
      relay.pointTo(next?.address ?? null);
      await start();
    },
    stop: async (): Promise<void> => void (await Promise.all(running.splice(0).map(end))),
  };
}

/** The look for what Jira tells nobody, as the schedule makes it every ten minutes. @returns how many it has named */
async function createLook(environment: Record<string, string>) {
  const config = readConfig(environment);
  const connections = connect(config, () => new Date());
  const store = await openStore(config.store);
  let named = 0;
  const counted: typeof store = {
    ...store,
    enqueue: async (requests) => {
      named += requests.length;
      await store.enqueue(requests);
    },
  };
  const parts = { ...connections, store: counted, now: () => new Date(), wake: () => undefined };
  const follow = followWorklogs({ ...parts, logger: pino({ level: 'silent' }) }, connections.jira.first);
  return {
    look: async (): Promise<number> => {
      const before = named;
      await follow();
      return named - before;
    },
    close: async (): Promise<void> => {
      await store.close();
      await connections.close();
    },
  };
}

/** Runs people's time against replicas that are killed again and again, with what both sides tell them lost, doubled and shuffled. */
export async function runTimeStorm(options: TimeStormOptions): Promise<TimeStormResult> {
  const random = randomFor(`time storm ${options.records}`);
  const began = Date.now();
  const took = (): number => (Date.now() - began) / 1_000;
  const secretsKey = randomBytes(32).toString('base64url');
  const standIns = await startStandIns(() => new Date());
  const relay = await startChaosRelay(random);
  const { admin, jira } = standIns;
  const environment = {
    ...{ ...standIns.environment, ...options.store, SECRETS_KEY: secretsKey, REGISTER_STEPS: 'true' },
    ...{ POLL_INTERVAL_MS: '500', LOG_LEVEL: 'info', WORKERS: '6', REQUEST_TIMEOUT_MS: '10000' },
  };
  const replicas = createReplicas(environment, relay);
  const all = (collection: string, filter: string) => admin.many(collection, { select: [], filter }, anyRow);
  const tail = (): string => replicas.log().slice(-2_000);
  const queue = async () => health.parse(await (await fetch(`${relay.url}/health`)).json()).queue;
  const idle = (): Promise<void> =>
    eventually(async () => {
      await relay.settled();
      await standIns.dataverse.settled();
      await jira.deliveriesSettled();
      for (let looks = 0; looks < 2; looks += 1) {
        const { pending } = await queue();
        if (pending > 0) throw new Error(`${pending} jobs are pending\n${tail()}`);
        const commands = await all('crmjira_commands', `crmjira_command_state le ${CommandState.Running}`);
        if (commands.length > 0) throw new Error(`${commands.length} commands are open\n${tail()}`);
        const waiting = await all(records, 'crmjira_sync_requested eq true and crmjira_jira_sync_error eq null');
        if (waiting.length > 0)
          throw new Error(`${waiting.length} records wait: ${String(waiting[0]?.['crmjira_base'])}\n${tail()}`);
      }
    }, options.settleWithinMs);
  let close = async (): Promise<void> => undefined;
  try {
    await standIns.dataverse.seed([variable('crmjira_Capabilities', 'time')]);
    const people = await createTimePeople(standIns, secretsKey, options.issues, random);
    for (let n = 0; n < options.replicas; n += 1) await replicas.start();
    await eventually(async () => {
      if (replicas.said('steps and webhook registered') === 0) throw new Error(tail());
    });
    const finder = await createLook(environment);
    close = finder.close;
    await finder.look();

    const { counts } = people;
    let [kills, found] = [0, 0];
    for (let wave = 0; wave < options.waves; wave += 1) {
      const part = (whole: number): number =>
        Math.round((whole * (wave + 1)) / options.waves) - Math.round((whole * wave) / options.waves);
      const [steps, strikes] = [part(options.steps), part(options.kills)];
      relay.setChaos(options.chaos);
      let striking: Promise<void> = Promise.resolve();
      const strike = (): void => {
        kills += 1;
        striking = striking.then(() => replicas.strike());
      };
      const entering = people.enter(part(options.records));
      if (wave === 0) await entering;
      const [started, sent] = [Date.now(), [] as Promise<unknown>[]];
      for (let n = 0; n < steps; n += 1) {
        const due = started + (1_000 * n) / options.perSecond - Date.now();
        if (due > 0) await pause(due);
        if (n === Math.floor(steps / 3)) people.close(Math.ceil(options.issues / 10));
        if (n % Math.max(1, Math.floor(steps / 5)) === 0) people.moveInBulk();
        for (let k = 0; k < strikes; k += 1) if (n === Math.floor((steps * (k + 1)) / (strikes + 1))) strike();
        sent.push(people.step(options.waitsForFeeds ? { ...mix, ...toldLater } : mix));
      }
      await Promise.all([entering, ...sent]);
      await striking;
      people.close(null);
      relay.setChaos({ lost: 0, doubled: 0, heldMs: 0 });
      await idle();
      people.moveInBulk();
      /** What no webhook told of comes with the looks of the schedule. */
      const look = async (): Promise<void> => {
        if (options.waitsForFeeds) await pause(feedLagMs);
        for (let named = await finder.look(); named > 0; named = await finder.look()) {
          found += named;
          await idle();
        }
      };
      await look();
      for (const story of people.stories
        .filter((one) => !one.isDeleted)
        .slice(0, Math.ceil(part(options.records) / 50)))
        await people.remove(story);
      await people.askAgain();
      await idle();
      await look();
      options.report(
        `wave ${wave + 1}: ${people.stories.length} records, ${counts.steps} steps, ${kills} kills, ${found} found by the look, ${took()} s`,
      );
    }
    return {
      ...(await judgeTime(standIns, people.issues, people)),
      ...{ dead: (await queue()).dead, kills, counts, found, webhooks: { ...relay.counts } },
      ...{ runs: replicas.said('"msg":"reconciled"'), took: took() },
    };
  } finally {
    await close();
    await replicas.stop();
    await relay.close();
    await standIns.close();
  }
}
