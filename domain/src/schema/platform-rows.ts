import type { OpportunityState } from './platform-choices';

/** The columns of Microsoft's own tables that the integration writes (D-3.3); logical names as in the Web API. */
export interface OpportunityPlatformColumns {
  name: string;
  description: string | null;
  budgetamount: number | null;
  estimatedvalue: number | null;
  actualvalue: number | null;
  closeprobability: number | null;
  actualclosedate: string | null;
  statecode: OpportunityState;
  statuscode: number;
}

export interface IncidentPlatformColumns {
  title: string;
  description: string | null;
  ticketnumber: string | null;
  /** 1 High, 2 Normal, 3 Low */
  prioritycode: 1 | 2 | 3;
  _customerid_value: string | null;
  _productid_value: string | null;
  statecode: 0 | 1 | 2;
  statuscode: number;
}

export interface TaskRow {
  subject: string;
  description: string | null;
  scheduledstart: string | null;
  scheduledend: string | null;
  /** 0 Low, 1 Normal, 2 High */
  prioritycode: 0 | 1 | 2;
  'regardingobjectid_opportunity_task@odata.bind': string;
  'ownerid@odata.bind': string;
}

export interface EmailRow {
  subject: string;
  /** HTML */
  description: string;
  prioritycode: 0 | 1 | 2;
  directioncode: boolean;
  'regardingobjectid_opportunity_email@odata.bind': string;
  email_activity_parties: readonly {
    /** 1 From, 2 To */
    participationtypemask: 1 | 2;
    addressused?: string;
    'partyid_queue@odata.bind'?: string;
    'partyid_systemuser@odata.bind'?: string;
  }[];
}

/** Says something on the timeline of a record. */
export interface PostRow {
  /** Plain text; `@[…]` in it would be a mention. */
  text: string;
  /** 1 Auto Post */
  source: 1;
  /** 7 Status */
  type: 7;
  'regardingobjectid_account@odata.bind': string;
  'regardingobjectid_incident@odata.bind': string;
  'regardingobjectid_opportunity@odata.bind': string;
}

export interface PlatformTableRows {
  post: PostRow;
  task: TaskRow;
  email: EmailRow;
}
