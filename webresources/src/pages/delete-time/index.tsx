import { deleteTimeTexts } from '../../strings/generated/delete-time';
import { startPage } from '../platform/start-page';
import { DeletePage } from './delete-page';
import './delete-time.css';

startPage(deleteTimeTexts.title, DeletePage);
