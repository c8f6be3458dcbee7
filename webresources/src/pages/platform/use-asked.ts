import * as React from 'react';
import { type AskedOf, type Wanted, askAbout, isAnswered } from '../../commands/ask-about';

export interface Asking<Kind> {
  readonly no: number;
  readonly kind: Kind;
  readonly asked: AskedOf;
}

const NOT_YET: AskedOf = { id: null, notSent: null, state: 1, result: '', answer: null, done: 0, total: null };

/**
 * What was asked for from this page, the newest last, until it is left.
 * @param onAnswer called after each answer
 */
export function useAsked<Kind>(onAnswer: () => void): {
  readonly all: readonly Asking<Kind>[];
  readonly ask: (kind: Kind, wanted: Wanted) => void;
  readonly drop: (no: number) => void;
} {
  const [all, setAll] = React.useState<readonly Asking<Kind>[]>([]);
  const alive = React.useRef(true);
  const last = React.useRef(0);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const ask = async (kind: Kind, wanted: Wanted): Promise<void> => {
    const no = (last.current += 1);
    setAll((before) => [...before, { no, kind, asked: NOT_YET }]);
    const asked = await askAbout(wanted, (now) => {
      if (alive.current) setAll((before) => before.map((one) => (one.no === no ? { ...one, asked: now } : one)));
      return alive.current;
    });
    if (alive.current && isAnswered(asked)) onAnswer();
  };
  return {
    all,
    ask: (kind, wanted) => void ask(kind, wanted),
    drop: (no) => setAll((before) => before.filter((one) => one.no !== no)),
  };
}
