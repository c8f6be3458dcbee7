import { CommandState, type CommandType } from '@crmjira/domain';
import { type Asked, type FormStore, WAIT_FOR, askRecord } from '@crmjira/form-data';
import * as React from 'react';

export interface Wish extends Asked {
  readonly sentAt: string;
}

export const isWaiting = (wish: Wish | null): wish is Wish =>
  !!wish && !wish.notSent && wish.state <= CommandState.Running;

/** What was asked for here last, and the way to ask. The rows tell what came of it; the wish itself only where they do not. */
export function useWish(
  store: FormStore | null,
): readonly [Wish | null, (type: CommandType, name: string, payload?: object) => void] {
  const [wish, set] = React.useState<Wish | null>(null);
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const ask = async (type: CommandType, name: string, payload: object): Promise<void> => {
    if (!store) return;
    const sentAt = store.desk.instant();
    const tell = (asked: Asked): boolean => {
      if (alive.current) set({ ...asked, sentAt });
      return alive.current;
    };
    tell({ id: null, state: CommandState.Requested, result: null, answer: null, notSent: null });
    const asked = await askRecord(store.desk, type, name, payload, WAIT_FOR, tell);
    // The rows first: what was wished for stays until they show it.
    if (alive.current) await store.refresh();
    tell(asked);
  };
  return [wish, (type, name, payload = {}) => void ask(type, name, payload)];
}
