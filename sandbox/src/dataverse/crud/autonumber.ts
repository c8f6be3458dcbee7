import { randomInt } from 'node:crypto';
import type { Persistence } from '../store/persistence';

/** Numbers are reserved in blocks, so that a restart leaves a gap rather than a double; the platform does the same. */
const block = 100;

/** Running numbers of autonumber columns. */
export class Sequences {
  private readonly next = new Map<string, { value: number; reserved: number }>();

  constructor(private readonly persistence: Persistence) {}

  take(name: string): number {
    const key = `autonumber:${name}`;
    const sequence = this.next.get(key) ?? { value: Math.max(1, this.persistence.counter(key)), reserved: 0 };
    if (sequence.value >= sequence.reserved) {
      sequence.reserved = sequence.value + block;
      this.persistence.setCounter(key, sequence.reserved);
    }
    const { value } = sequence;
    this.next.set(key, { ...sequence, value: value + 1 });
    return value;
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `LOG-{SEQNUM:8}`, `{RANDSTRING:6}`, `{DATETIMEUTC:yyyyMM}` as learn.microsoft.com "Autonumber columns" defines them. */
export function autonumber(format: string, sequence: () => number, now: Date): string {
  return format.replace(/\{(SEQNUM|RANDSTRING|DATETIMEUTC):([^}]+)\}/g, (_match, kind: string, argument: string) => {
    if (kind === 'SEQNUM') return String(sequence()).padStart(Number(argument), '0');
    if (kind === 'RANDSTRING')
      return Array.from({ length: Number(argument) }, () => letters[randomInt(letters.length)]).join('');
    const [date = '', time = ''] = now.toISOString().split(/[T.]/);
    const [year = '', month = '', day = ''] = date.split('-');
    const [hours = '', minutes = '', seconds = ''] = time.split(':');
    return argument
      .replace('yyyy', year)
      .replace('MM', month)
      .replace('dd', day)
      .replace('HH', hours)
      .replace('hh', hours)
      .replace('mm', minutes)
      .replace('ss', seconds);
  });
}
