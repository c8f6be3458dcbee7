import type { Store } from '../store/store';
import { numberOf, referenceOf, textOf, type Row } from '../store/row';

export interface StepImage {
  readonly alias: string;
  /** Null: all columns. */
  readonly columns: readonly string[] | null;
  readonly pre: boolean;
  readonly post: boolean;
}

export interface Endpoint {
  readonly url: string;
  /** `authtype`: 4 WebhookKey, 5 HttpHeader, 6 HttpQueryString. */
  readonly authType: number | null;
  readonly authValue: string;
}

export interface Step {
  readonly id: string;
  readonly message: string;
  /** Null: every table. */
  readonly table: string | null;
  readonly stage: number;
  readonly asynchronous: boolean;
  readonly rank: number;
  readonly filteringColumns: readonly string[] | null;
  readonly endpoint: Endpoint;
  readonly images: readonly StepImage[];
}

const names = (text: string | null): readonly string[] | null => {
  const list = (text ?? '').split(',').map((each) => each.trim().toLowerCase());
  return text === null || list.every((each) => each === '') ? null : list.filter((each) => each !== '');
};

/** Enabled steps whose handler is a webhook, in the order of their rank; read from the rows that clients register. */
export function readSteps(store: Store): readonly Step[] {
  const steps: Step[] = [];
  for (const row of store.all('sdkmessageprocessingstep')) {
    const step = numberOf(row, 'statecode') === 0 ? toStep(store, row) : null;
    if (step) steps.push(step);
  }
  return steps.sort((left, right) => left.rank - right.rank);
}

function toStep(store: Store, row: Row): Step | null {
  const handler = referenceOf(row, 'eventhandler');
  const endpoint = handler?.table === 'serviceendpoint' ? store.get('serviceendpoint', handler.id) : undefined;
  const message = store.get('sdkmessage', referenceOf(row, 'sdkmessageid')?.id ?? '');
  if (!endpoint || !message || numberOf(endpoint, 'contract') !== 8) return null;
  const filter = store.get('sdkmessagefilter', referenceOf(row, 'sdkmessagefilterid')?.id ?? '');
  const id = String(row.sdkmessageprocessingstepid);
  return {
    id,
    message: textOf(message, 'name') ?? '',
    table: filter ? textOf(filter, 'primaryobjecttypecode') : null,
    stage: numberOf(row, 'stage') ?? 40,
    asynchronous: numberOf(row, 'mode') === 1,
    rank: numberOf(row, 'rank') ?? 1,
    filteringColumns: names(textOf(row, 'filteringattributes')),
    endpoint: {
      url: textOf(endpoint, 'url') ?? '',
      authType: numberOf(endpoint, 'authtype'),
      authValue: textOf(endpoint, 'authvalue') ?? '',
    },
    images: store.pointingAt('sdkmessageprocessingstepimage', 'sdkmessageprocessingstepid', id).map(toImage),
  };
}

function toImage(row: Row): StepImage {
  const kind = numberOf(row, 'imagetype');
  return {
    alias: textOf(row, 'entityalias') ?? '',
    columns: names(textOf(row, 'attributes')),
    pre: kind === 0 || kind === 2,
    post: kind === 1 || kind === 2,
  };
}
