#!/usr/bin/env node
// Runs on any Node from 20 on: sets up what is missing, then hands over to the pinned Node.
import { handOver } from '../../infra/setup.mjs';

await handOver(['cli/dist/main.js', ...process.argv.slice(2)]);
