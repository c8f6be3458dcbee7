import { CommandState, CommandType } from '@crmjira/domain';
import { type FormStore, WAIT_FOR, askRecord } from '@crmjira/form-data';
import * as React from 'react';
import type { Wish } from './wish';

type Wanted = Pick<Wish, 'type' | 'about' | 'key' | 'caption' | 'payload'>;

/** These say what came of them until the page is left; of the others the rows tell. */
const STAYS: readonly CommandType[] = [CommandType.CreateIssue, CommandType.UnlinkIssue];

/** What was asked for here, and the ways to ask for something and to forget it. */
export function useWishes(
  store: FormStore | null,
): readonly [readonly Wish[], (wanted: Wanted) => void, (no: number) => void] {
  const [wishes, setWishes] = React.useState<readonly Wish[]>([]);
  const alive = React.useRef(true);
  const last = React.useRef(0);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const keep = (holds: (wish: Wish) => boolean): void => {
    if (alive.current) setWishes((all) => all.filter(holds));
  };
  const ask = async (wanted: Wanted): Promise<void> => {
    if (!store) return;
    const { desk } = store;
    const no = (last.current += 1);
    const tell = (change: Partial<Wish>): boolean => {
      if (alive.current) setWishes((all) => all.map((wish) => (wish.no === no ? { ...wish, ...change } : wish)));
      return alive.current;
    };
    const begun = { id: null, state: CommandState.Requested, result: null, answer: null, notSent: null } as const;
    // What is asked for again takes the place of what came to nothing.
    setWishes((all) => [
      ...all.filter(
        ({ type, about, state }) => type !== wanted.type || about !== wanted.about || state <= CommandState.Running,
      ),
      { ...wanted, ...begun, no, sentAt: desk.instant() },
    ]);
    const { type, caption, key, payload } = wanted;
    const asked = await askRecord(desk, type, caption || key, payload, WAIT_FOR, ({ id, result }) =>
      tell({ id, result }),
    );
    const isDone = asked.state === CommandState.Done;
    // The rows first: what was wished for stays until they show it.
    if (isDone) await store.refresh();
    tell(asked);
    // An undo, or linking the issue again, takes back what stands there as done.
    const isBack = type === CommandType.Undo || type === CommandType.LinkIssue;
    if (isDone && !STAYS.includes(type)) keep((wish) => wish.no !== no && !(isBack && wish.key === key));
  };
  return [wishes, (wanted) => void ask(wanted), (no) => keep((wish) => wish.no !== no)];
}
