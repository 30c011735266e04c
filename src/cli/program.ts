import { Command, Option } from 'commander'
import { attestCommand } from './commands/attest.ts'
import { availabilityCommands } from './commands/availability.ts'
import { bridgeCommands } from './commands/bridge.ts'
import { campaignCommands } from './commands/campaign.ts'
import { candidatesCommand } from './commands/candidates.ts'
import { channelCommands } from './commands/channel.ts'
import { checkCommands } from './commands/check.ts'
import { columnsCommand } from './commands/columns.ts'
import { crawlCommand } from './commands/crawl.ts'
import { credentialCommands } from './commands/credential.ts'
import { demoCommand } from './commands/demo.ts'
import { backupCommands } from './commands/backup.ts'
import { evidenceCommands } from './commands/evidence.ts'
import { findingsCommands } from './commands/findings.ts'
import { kindsCommand } from './commands/kinds.ts'
import { notifyCommands } from './commands/notify.ts'
import { ledgerCommands } from './commands/ledger.ts'
import { orderCommands } from './commands/orders.ts'
import { policyCommands } from './commands/policy.ts'
import { probeCommands } from './commands/probe.ts'
import { readCommand } from './commands/read.ts'
import { recipeCommands } from './commands/recipe.ts'
import { sampleCommands } from './commands/sample.ts'
import { serveCommand } from './commands/serve.ts'
import { signalCommands } from './commands/signal.ts'
import { standardCommands } from './commands/standard.ts'
import { statusCommand } from './commands/status.ts'
import { userCommands } from './commands/user.ts'
import { visitCommand } from './commands/visit.ts'
import { workerCommand } from './commands/worker.ts'

/** The whole command line. Every command takes the global options, before or after its own. */
export function buildProgram(): Command {
  const program = new Command('huoshui')
    .description('活水: finds the government channels gone still, and proves it 找出长期不更新、不能用的政务渠道,并附证据')
    .addOption(new Option('--data <dir>', 'data folder 数据目录 (HUOSHUI_DATA, .huoshui)'))
    .addOption(new Option('--now <iso>', 'the program’s clock starts at this moment 程序时钟起点'))
    .addOption(new Option('--concurrency <n>', 'channels visited at once 并发数'))
    .addOption(new Option('--pace <ms>', 'milliseconds between requests to one host 同一主机请求间隔'))
    .addOption(new Option('--json', 'one JSON document on stdout 输出 JSON'))
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({ writeErr: (text) => void process.stderr.write(text) })

  for (const add of [
    visitCommand, readCommand, ledgerCommands, crawlCommand, candidatesCommand, columnsCommand, statusCommand,
    attestCommand, policyCommands, availabilityCommands, recipeCommands, probeCommands, channelCommands, credentialCommands, bridgeCommands, signalCommands, kindsCommand, standardCommands, checkCommands, findingsCommands,
    campaignCommands, orderCommands, evidenceCommands, sampleCommands, notifyCommands, userCommands, backupCommands, serveCommand, workerCommand, demoCommand,
  ]) add(program)
  return program
}
