import { recordIssuesTexts } from '../../strings/generated/record-issues';
import { startPage } from '../platform/start-page';
import { RecordPage } from './record-page';
import '../platform/grids.css';
import './record-issues.css';

startPage(recordIssuesTexts.title, RecordPage);
