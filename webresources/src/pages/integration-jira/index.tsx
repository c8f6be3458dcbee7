import { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { enterPage } from '../integrations/enter-page';
import { startPage } from '../platform/start-page';
import { JiraWizard } from './jira-wizard';
import { newJira } from './new-jira';
import '../platform/grids.css';
import '../platform/step-list.css';
import '../integrations/enter.css';

startPage(integrationEnterTexts.newJira, enterPage(newJira, JiraWizard));
