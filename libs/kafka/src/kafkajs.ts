/** The one way to kafkajs: tuned first, then loaded. */
import './tune-kafkajs.ts';
import kafkajs from 'kafkajs';

export default kafkajs;
