import type { EnteredMapping, NamedFault, TryAnswer } from '@crmjira/domain';
import type { ServiceAnswer } from '../../clients/web-service/service-connection';
import { ServiceError } from '../../clients/web-service/service-error';
import { createEvaluator } from '../../clients/web-service/expressions/evaluate';
import type { Cell } from '../../clients/web-service/expressions/expression-task';
import type { ServiceSecrets } from '../../clients/web-service/service-settings';
import type { ServiceParts, WebService } from '../../clients/web-service/web-service';
import { IntegrationError } from '../../platform/errors/integration-error';
import { connectVault } from '../../platform/secrets/key-vault';
import type { EgressGuard } from '../egress-guard';
import { faultOf } from './fault-of';
import type { IntegrationProvider, OpenIntegration, SampleRecord, TestReport } from './integration-provider';

/** One process reads the answers of all services; it starts with the first answer. */
const readsAnswers = createEvaluator();

/** What providers of web services are made with. */
export interface WebServiceProviderParts extends Partial<Omit<ServiceParts, 'guard'>> {
  readonly egress: Pick<EgressGuard, 'of'>;
}

/** A provider whose records runs read and write. */
export interface WebServiceProvider<
  Settings extends { readonly url: string; readonly id: string } = { readonly url: string; readonly id: string },
> extends IntegrationProvider<Settings, ServiceSecrets> {
  openService(settings: Settings, secrets: ServiceSecrets): Promise<WebService>;
}

export const partsOf = ({
  egress,
  vault = connectVault(),
  evaluator = readsAnswers,
  now = Date.now,
}: WebServiceProviderParts): ServiceParts => ({ vault, evaluator, now, guard: egress.of });

/** Which fault a web service, or the way to it, has. */
export function serviceFaultOf(thrown: unknown, { url }: { readonly url: string }): NamedFault {
  const host = URL.parse(url)?.host ?? '';
  if (thrown instanceof ServiceError) return { name: thrown.fault, args: { product: host, host, ...thrown.args } };
  return faultOf(thrown, { product: host, host });
}

type Step = TestReport['steps'][number];

/** Faults by which a step fails that comes after the first: those before it were taken. */
const stepOf = (name: string): 'sign-in' | 'answer' | 'records' | 'reach' => {
  if (/^(?:credentials|forbidden|service-token|service-client-certificate)/.test(name)) return 'sign-in';
  if (/^(?:service-(?:expression|result|page|other|too-many|no-identifier))/.test(name)) return 'records';
  if (
    /^(?:not-found|rate-limit|unavailable|refused|redirect|web-page|not-json|answer-too-large|service-(?:method|too-deep)|soap-)/.test(
      name,
    )
  )
    return 'answer';
  return 'reach';
};

const order = ['reach', 'sign-in', 'answer', 'records'] as const;

/** Steps as far as they were taken: one request takes the first three. Pure. */
function stepsUntil(failed: (typeof order)[number] | null, ms: number): readonly Step[] {
  const last = failed === null ? order.length : order.indexOf(failed) + 1;
  return order.slice(0, last).map((name, index) => ({ name, ok: name !== failed, ms: index === 0 ? ms : 0 }));
}

const firstPage = async (service: WebService, fields: readonly string[]) => {
  for await (const page of service.pages(null, fields)) return page;
  // Services give at least one page, or throw.
  throw new ServiceError('not-json');
};

/** Reads the first page, and tells what came of it. */
async function testService(
  service: WebService,
  fields: readonly string[],
  faultOfThis: (thrown: unknown) => NamedFault,
  before: () => Promise<Readonly<Record<string, unknown>>>,
): Promise<TestReport> {
  const started = performance.now();
  try {
    const found = await before();
    const { answer, rows } = await firstPage(service, fields);
    const { status, ms, bytes } = answer;
    return {
      ok: true,
      steps: stepsUntil(null, ms),
      found: { ...found, status, ms, bytes, records: rows.length },
      fault: null,
    };
  } catch (thrown) {
    const fault = faultOfThis(thrown);
    return {
      ok: false,
      steps: stepsUntil(stepOf(fault.name), Math.round(performance.now() - started)),
      found: {},
      fault,
    };
  }
}

/** Longest answer that a page shows, in characters. */
const longestShown = 20_000;

const shown = ({ status, bytes, text }: ServiceAnswer, redact: (text: string) => string): TryAnswer['response'] => ({
  status,
  bytes,
  // Half a secret is not recognised: cut afterwards.
  text: redact(text).slice(0, longestShown),
});

function textOf(cell: Cell | undefined, path: string): string | null {
  if (typeof cell !== 'object' || cell === null) return cell ?? null;
  throw new ServiceError('service-expression-invalid', { expression: path, why: cell.wrong });
}

/** Looks at one record at a time, by the mappings that somebody tries. */
async function sampleOf(service: WebService, idPath: string, id: string | null): Promise<Awaited<ReturnType<Sample>>> {
  const path = idPath === '' ? [] : [idPath];
  const { answer, rows } = await firstPage(service, path);
  // Where nothing identifies a record, its place does: that is what it is called.
  const index = id === null ? 0 : idPath === '' ? Number(id) - 1 : rows.findIndex(([found]) => found === id);
  const row = rows[index];
  if (row === undefined) return { record: null, response: shown(answer, service.redact) };
  const name = textOf(row[0], idPath) ?? String(index + 1);
  const record: SampleRecord = {
    id: name,
    name,
    valueOf: async ({ targetField }: EnteredMapping) => {
      const again = await service.evaluate(answer, [targetField]);
      const value = textOf(again[index]?.[0], targetField);
      return value === null ? null : service.redact(value);
    },
  };
  return { record, response: shown(answer, service.redact) };
}
type Sample = NonNullable<OpenIntegration['sample']>;

/**
 * A web service as tests and previews use it. What opening it lacks, such as a password, is told by the test, not thrown.
 * @param before a step of its own, which tells what it found
 */
export function openWebService<Service extends WebService>(
  settings: { readonly url: string; readonly id: string },
  open: () => Promise<Service>,
  before: (service: Service) => Promise<Readonly<Record<string, unknown>>> = async () => ({}),
): OpenIntegration {
  let opened: Promise<Service> | null = null;
  const service = (): Promise<Service> => (opened ??= open());
  const faultOfThis = (thrown: unknown): NamedFault => serviceFaultOf(thrown, settings);
  return {
    test: async () => {
      try {
        const one = await service();
        return await testService(one, settings.id === '' ? [] : [settings.id], faultOfThis, () => before(one));
      } catch (thrown) {
        if (!(thrown instanceof IntegrationError)) throw thrown;
        return { ok: false, steps: stepsUntil('reach', 0), found: {}, fault: faultOfThis(thrown) };
      }
    },
    sample: async (id) => sampleOf(await service(), settings.id, id),
    close: async () => {
      await (await opened?.catch(() => null))?.close();
    },
  };
}
