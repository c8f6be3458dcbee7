import * as React from 'react';
import { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { enterPage } from '../integrations/enter-page';
import { startPage } from '../platform/start-page';
import { newNotification } from './new-notification';
import { NotificationForm } from './notification-form';
import '../platform/grids.css';
import '../integrations/enter.css';

startPage(
  integrationEnterTexts.newNotification,
  enterPage(newNotification, (props) => <NotificationForm {...props} />),
);
