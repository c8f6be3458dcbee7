import { connectionGuideTexts } from '../../strings/generated/connection-guide';
import { startPage } from '../platform/start-page';
import { GuidePage } from './guide-page';

startPage(connectionGuideTexts.title, GuidePage);
