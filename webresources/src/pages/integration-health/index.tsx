import { integrationHealthTexts } from '../../strings/generated/integration-health';
import { startPage } from '../platform/start-page';
import { HealthPage } from './health-page';
import './integration-health.css';

startPage(integrationHealthTexts.title, HealthPage);
