import { connectionPart, overlapPart, sentPart, timeRecordPart } from '@crmjira/form-data';

export const PARTS = [timeRecordPart, connectionPart, sentPart, overlapPart] as const;
