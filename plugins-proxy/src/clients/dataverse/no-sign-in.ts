import { IntegrationError } from '../../platform/errors/integration-error';

/** No sign-in service was asked, or none answered: nobody's credentials were refused. */
export class NoSignIn extends IntegrationError {}
