import type { Session } from './session';

/** Opportunities worked on at one time: WORKERS, else what Dynamics says, which has to be read first. */
export async function workersNow({ surroundings, limits }: Pick<Session, 'surroundings' | 'limits'>): Promise<number> {
  await surroundings.settings();
  return limits().workers;
}
