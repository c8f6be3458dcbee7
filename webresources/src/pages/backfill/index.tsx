import { backfillPageTexts } from '../../strings/generated/backfill-page';
import { startPage } from '../platform/start-page';
import { BackfillPage } from './backfill-page';
import '../platform/grids.css';
import '../platform/step-list.css';
import '../time-sync/time-sync.css';
import './backfill.css';

startPage(backfillPageTexts.title, BackfillPage);
