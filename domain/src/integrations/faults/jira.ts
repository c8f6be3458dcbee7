import { ErrorClass } from '../../schema/generated/options';
import { fault } from './fault-words';

/** What can be wrong with a Jira site beside what can be wrong with any service. */
export const jiraFaults = {
  'jira-address-missing': fault(
    ErrorClass.Invalid,
    ['The address of the site is missing.', 'Enter it, for example https://company.atlassian.net.'],
    ['Il manque l’adresse du site.', 'Entrez-la, par exemple https://company.atlassian.net.'],
  ),
  'jira-sign-in-missing': fault(
    ErrorClass.Authentication,
    [
      'The sign-in is not complete.',
      'Enter the username and the API token, or for Data Center the personal access token.',
    ],
    [
      'L’authentification n’est pas complète.',
      'Entrez le nom d’utilisateur et le jeton d’API ou, pour Data Center, le jeton d’accès personnel.',
    ],
  ),
  'jira-deployment': fault(
    ErrorClass.WrongProduct,
    ['This site is {found}, not {entered}.', 'Correct the deployment, then test again.'],
    ['Ce site est {found}, non {entered}.', 'Corrigez le déploiement, puis refaites le test.'],
  ),
  'jira-too-old': fault(
    ErrorClass.WrongProduct,
    ['Jira {version} does not take this sign-in.', 'Upgrade Jira, or sign in by user and password.'],
    [
      'Jira {version} n’accepte pas cette authentification.',
      'Mettez Jira à niveau, ou utilisez un nom d’utilisateur et un mot de passe.',
    ],
  ),
  'jira-no-projects': fault(
    ErrorClass.Permission,
    ['The account may not do this (403).', 'It is signed in, but sees no project. Give it Browse projects in Jira.'],
    [
      'Le compte n’a pas cette autorisation (403).',
      'Il est connecté, mais ne voit aucun projet. Donnez-lui Parcourir les projets dans Jira.',
    ],
  ),
  'jira-default-project': fault(
    ErrorClass.NotFound,
    [
      'The project {project} is not among those that the account sees.',
      'Choose another one, or give the account Browse projects there.',
    ],
    [
      'Le projet {project} n’est pas parmi ceux que le compte voit.',
      'Choisissez-en un autre, ou donnez-y au compte Parcourir les projets.',
    ],
  ),
} as const;
