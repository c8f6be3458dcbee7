import { type Activity, DEVELOPER, SENTRY_ITSELF, type SentryIssue, type SentryProject } from './rows';
import { hourOf, type SentrySite } from './site';

const dayMs = 86_400_000;

const project = (number: number, slug: string, platform: string): SentryProject => ({
  id: `45100000000000${number}`,
  slug,
  name: slug,
  platform,
  dateCreated: '2024-09-16T13:00:00.000000Z',
});

/** Both are of the company's product DockFlow. */
export const sampleProjects = [
  project(11, 'dockflow-android', 'android'),
  project(12, 'dockflow-api', 'dotnet'),
] as const;

/** Events a day of the 7 days before today, and of the 7 before those, oldest first; what is left out had none. */
interface Sample {
  readonly title: string;
  readonly culprit: string;
  readonly level: SentryIssue['level'];
  readonly before: readonly number[];
  readonly last: readonly number[];
  readonly status?: SentryIssue['status'];
}

const android: readonly Sample[] = [
  {
    title: 'SocketTimeoutException: resume after roaming failed',
    culprit: 'LinkClient.resume',
    level: 'error',
    before: [0, 0, 1, 2, 1, 2, 3],
    last: [4, 6, 8, 9, 7, 8, 10],
  },
  {
    title: 'IllegalStateException: scanner not claimed',
    culprit: 'BarcodeReader.claim',
    level: 'error',
    before: [2, 3, 2, 3, 3, 2, 3],
    last: [3, 3, 3, 2, 3, 4, 3],
  },
  {
    title: 'SQLITE_FULL: database or disk is full',
    culprit: 'OfflineQueue.insert',
    level: 'fatal',
    before: [],
    last: [0, 0, 0, 0, 3, 4, 5],
  },
];

const api: readonly Sample[] = [
  {
    title: 'NullReferenceException in PickListService.Merge',
    culprit: 'POST /v2/picklists/merge',
    level: 'error',
    before: [2, 2, 2, 2, 2, 2, 3],
    last: [3, 3, 4, 3, 4, 3, 4],
  },
  {
    title: 'HTTP 409 on /v2/receipts: duplicate receipt',
    culprit: 'ReceiptClient.post',
    level: 'warning',
    before: [1, 1, 1, 1, 1, 1, 1],
    last: [1, 1, 1, 1, 2, 2, 1],
    status: 'resolved',
  },
];

const androidRest = [
  'OutOfMemoryError: label bitmap of a pallet',
  'ActivityNotFoundException: no camera for the proof of delivery',
  'SecurityException: Bluetooth permission was withdrawn',
  'JSONException: unexpected end of the stock count',
  'NetworkOnMainThreadException in PrinterDiscovery',
  'TimeoutCancellationException: sync of the shift took longer than 30 s',
  'IndexOutOfBoundsException: lot list is shorter than its page',
  'DeadObjectException: scanner service was ended by the system',
  'FileNotFoundException: voice prompt fr-CA/confirm.ogg',
  'NumberFormatException: "1 240,5" is no quantity',
  'UnknownHostException: api.dockflow.example',
] as const;

const apiRest = [
  'SqlException: deadlock while reserving stock',
  'TaskCanceledException: carrier rates did not come in time',
  'ValidationException: container number has a wrong check digit',
  'DbUpdateConcurrencyException in ReceiptStore.Close',
  'HttpRequestException: customs gateway answered 503',
  'FormatException: date of a manifest is not ISO 8601',
  'InvalidOperationException: sequence contains no dock door',
  'AuthenticationException: certificate of the scale has expired',
  'ObjectDisposedException: label printer socket',
  'KeyNotFoundException: unit of measure PALLET2',
  'OverflowException in WeightConverter.ToGrams',
] as const;

const quiet = (titles: readonly string[], culprit: string): readonly Sample[] =>
  titles.map((title, index) => ({
    title,
    culprit: `${culprit} ${index + 1}`,
    level: index % 4 === 3 ? 'warning' : 'error',
    before: [index % 3 === 0 ? 1 : 0, 0, 0, index % 2, 0, 0, 0],
    last: [0, index % 2, 0, 0, index % 5 === 0 ? 1 : 0, 0, 0],
    ...(index % 6 === 5 ? { status: 'ignored' as const } : {}),
  }));

function issueOf({ id: projectId, slug }: SentryProject, sample: Sample, number: number, now: Date): SentryIssue {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const events: Record<string, number> = {};
  const add = (counts: readonly number[], daysAgo: number): void => {
    for (const [index, count] of counts.entries()) {
      const hour = new Date(today - (daysAgo - index) * dayMs + ((9 + number) % 24) * 3_600_000);
      if (count > 0) events[hourOf(hour)] = count;
    }
  };
  add(sample.before, 14);
  add(sample.last, 7);
  const hours = Object.keys(events).sort();
  // One that was quiet for two weeks was seen a month ago.
  const long = hourOf(new Date(today - 29 * dayMs));
  if (hours.length === 0) {
    events[long] = 1;
    hours.push(long);
  }
  const at = (hour: string | undefined): string => new Date(Date.parse(hour ?? long) + 41 * 60_000).toISOString();
  const { status = 'unresolved' } = sample;
  const seen: Activity = { id: `${number}0`, type: 'first_seen', dateCreated: at(hours[0]), actor: SENTRY_ITSELF };
  const ended = status === 'resolved' ? 'set_resolved' : 'set_ignored';
  return {
    id: `59${projectId.slice(-2)}0000${String(number).padStart(2, '0')}`,
    shortId: `${slug.toUpperCase()}-${number.toString(36).toUpperCase()}`,
    projectId,
    title: sample.title,
    culprit: sample.culprit,
    level: sample.level,
    status,
    substatus: status === 'unresolved' ? 'ongoing' : status === 'ignored' ? 'archived_until_escalating' : null,
    firstSeen: at(hours[0]),
    lastSeen: at(hours.at(-1)),
    events,
    activity:
      status === 'unresolved'
        ? [seen]
        : [{ id: `${number}1`, type: ended, dateCreated: at(hours.at(-1)), actor: DEVELOPER }, seen],
  };
}

/** Writes the errors of the company's product into an organization that is empty. */
export function seedSentry(site: SentrySite, now: Date): void {
  if (!site.isEmpty()) return;
  const samples = [
    [sampleProjects[0], [...android, ...quiet(androidRest, 'handheld 4.2.1, screen')]],
    [sampleProjects[1], [...api, ...quiet(apiRest, 'dockflow-api, handler')]],
  ] as const;
  site.seed({
    projects: sampleProjects,
    issues: samples.flatMap(([of, all]) => all.map((sample, index) => issueOf(of, sample, index + 1, now))),
  });
}
