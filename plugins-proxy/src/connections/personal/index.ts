export { personalClients } from './personal-clients';
export type { NoPersonalClient, NotReady, PersonalClient, PersonalClients } from './personal-clients';
export { readInboundPeople } from './personal-rows';
