import { integrationDetailTexts } from '../../strings/generated/integration-detail';
import { startPage } from '../platform/start-page';
import { DetailPage } from './detail-page';
import '../platform/grids.css';
import '../integrations-logs/integrations-logs.css';
import '../integrations/enter.css';
import './integration-detail.css';

startPage(integrationDetailTexts.title, DetailPage);
