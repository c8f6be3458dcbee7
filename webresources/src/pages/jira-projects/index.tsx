import { jiraProjectsTexts } from '../../strings/generated/jira-projects';
import { startPage } from '../platform/start-page';
import { JiraPage } from './jira-page';
import '../platform/grids.css';

startPage(jiraProjectsTexts.title, JiraPage);
