import { CommandType, type Guid } from '@crmjira/domain';
import type { ApiContext } from '../../../reconciler/api-operation';
import type { Asker } from '../record/ask-for-sync';
import { isTheirs, readAll } from '../record/own-records';
import type { TimeRow } from '../record/time-row';
import { notTheirs, type TimeApiParts } from './api-parts';

/** The caller as whoever asks for a sync. */
export async function askerOf({ parts, caller }: ApiContext<TimeApiParts>): Promise<Asker> {
  const { userId } = await parts.environmentSettings.whoAmI();
  return { requestedById: caller.userId, serviceId: userId.toLowerCase(), language: caller.language };
}

/** A time record of the caller's. @throws ApiRefusal where there is none, or it is somebody else's */
export async function ownRecord(context: ApiContext<TimeApiParts>, id: Guid): Promise<TimeRow> {
  const [rows, asker] = await Promise.all([readAll(context.parts, [id]), askerOf(context)]);
  const row = rows.get(id);
  if (row === undefined || !isTheirs(CommandType.SyncTime, row, asker.requestedById, asker.serviceId))
    throw notTheirs(asker.language);
  return row;
}
