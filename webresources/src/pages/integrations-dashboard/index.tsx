import { integrationsDashboardTexts } from '../../strings/generated/integrations-dashboard';
import { startPage } from '../platform/start-page';
import { DashboardPage } from './dashboard-page';
import '../integrations/integrations.css';
import './integrations-dashboard.css';

startPage(integrationsDashboardTexts.title, DashboardPage);
