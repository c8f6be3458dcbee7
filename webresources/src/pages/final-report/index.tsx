import { finalReportTexts } from '../../strings/generated/final-report';
import { startPage } from '../platform/start-page';
import { ReportPage } from './report-page';
import './final-report.css';

startPage(finalReportTexts.title, ReportPage);
