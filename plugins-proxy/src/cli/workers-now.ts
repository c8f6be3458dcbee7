import type { Session } from './session';

/** Opportunities worked on at one time: WORKERS, else what Dynamics says, which has to be read first. */
export async function workersNow({
  environmentSettings,
  limits,
}: Pick<Session, 'environmentSettings' | 'limits'>): Promise<number> {
  await environmentSettings.settings();
  return limits().workers;
}
