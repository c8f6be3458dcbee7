/** An answer of the Web API other than success: `{error:{code,message}}` with the HTTP status the platform gives it. */
export class DataverseError extends Error {
  constructor(
    readonly status: number,
    /** Hexadecimal, as the platform prints it: `0x80040217`. */
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DataverseError';
  }
}

/** Source: learn.microsoft.com "Dataverse: web service error codes" and "Troubleshoot Dataverse Web API client errors". */
export const errorCode = {
  unknown: '0x0',
  invalidArgument: '0x80040203',
  objectDoesNotExist: '0x80040217',
  privilegeDenied: '0x80040220',
  userDisabled: '0x80040225',
  duplicateRecord: '0x80040237',
  unexpected: '0x80040216',
  badRequest: '0x80060888',
  resourceNotFound: '0x8006088a',
  payload: '0x80048d19',
  concurrencyVersionMismatch: '0x80060882',
  keyNotFound: '0x80060891',
  duplicateKey: '0x80060892',
  invalidStatusForState: '0x80048408',
  outOfRange: '0x80044330',
  optionOutOfRange: '0x8004431a',
  stringTooLong: '0x80044331',
  notMember: '0x80072560',
  attributeNotFound: '0x80041103',
  entityNotFound: '0x80041102',
  queryBuilder: '0x80041117',
  aggregateLimit: '0x8004e023',
  restrictedDelete: '0x80048d21',
  webhookNonSuccess: '0x80050201',
  webhookTimedOut: '0x80050202',
  webhookPostFailed: '0x80050205',
  methodNotAllowed: '0x80060889',
} as const;

export const badRequest = (message: string): DataverseError => new DataverseError(400, errorCode.badRequest, message);

export const payloadError = (message: string): DataverseError => new DataverseError(400, errorCode.payload, message);

export const noSuchProperty = (property: string, table: string): DataverseError =>
  badRequest(`Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${table}'.`);

export const noSuchSegment = (segment: string): DataverseError =>
  new DataverseError(404, errorCode.resourceNotFound, `Resource not found for the segment '${segment}'.`);

export const noSuchRow = (table: string, id: string): DataverseError =>
  new DataverseError(404, errorCode.objectDoesNotExist, `Entity '${table}' With Id = ${id} Does Not Exist`);

export const notAllowed = (method: string): DataverseError =>
  new DataverseError(405, errorCode.methodNotAllowed, `The HTTP verb '${method}' is not supported for this resource.`);

/** The table has rows, and this message is not one of those that it takes. */
export const unsupportedMethod = (message: 'Create' | 'Update' | 'Delete', table: string): DataverseError =>
  new DataverseError(400, '0x80040800', `The '${message}' method does not support entities of type '${table}'.`);
