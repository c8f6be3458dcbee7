import { type Language, noRecordText } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { ApiRefusal } from '../../../reconciler/api-operation';
import type { ConnectionCommandParts } from '../connections/connection-command';

/** What the operations of the API work with. */
export type TimeApiParts = Omit<ConnectionCommandParts, 'store'>;

export const nothing = z.strictObject({});
export const withId = z.strictObject({ id: guid });

/** What is somebody else's is as if it were not there (R-1834). */
export const notTheirs = (language: Language): ApiRefusal => new ApiRefusal(404, 'not-found', noRecordText(language));
