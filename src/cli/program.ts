import { Command, Option } from 'commander'

type Room = { readonly names: readonly string[]; readonly load: () => Promise<(program: Command) => void> }

const room = (names: readonly string[], load: () => Promise<(program: Command) => void>): Room => ({ names, load })

/**
 * The commands in the order that help shows them, each with the names it brings. Only the room of the command that was
 * asked for is loaded: all of them together are 250 MB that most commands have no use for.
 */
export const ROOMS: readonly Room[] = [
  room(['visit'], async () => (await import('./commands/visit.ts')).visitCommand),
  room(['read'], async () => (await import('./commands/read.ts')).readCommand),
  room(['ledger'], async () => (await import('./commands/ledger.ts')).ledgerCommands),
  room(['crawl'], async () => (await import('./commands/crawl.ts')).crawlCommand),
  room(['candidates'], async () => (await import('./commands/candidates.ts')).candidatesCommand),
  room(['columns'], async () => (await import('./commands/columns.ts')).columnsCommand),
  room(['status'], async () => (await import('./commands/status.ts')).statusCommand),
  room(['attest'], async () => (await import('./commands/attest.ts')).attestCommand),
  room(['policy'], async () => (await import('./commands/policy.ts')).policyCommands),
  room(['availability'], async () => (await import('./commands/availability.ts')).availabilityCommands),
  room(['recipe'], async () => (await import('./commands/recipe.ts')).recipeCommands),
  room(['probe'], async () => (await import('./commands/probe.ts')).probeCommands),
  room(['channel'], async () => (await import('./commands/channel.ts')).channelCommands),
  room(['credential'], async () => (await import('./commands/credential.ts')).credentialCommands),
  room(['bridge'], async () => (await import('./commands/bridge.ts')).bridgeCommands),
  room(['signal'], async () => (await import('./commands/signal.ts')).signalCommands),
  room(['channels'], async () => (await import('./commands/kinds.ts')).kindsCommand),
  room(['standard'], async () => (await import('./commands/standard.ts')).standardCommands),
  room(['check'], async () => (await import('./commands/check.ts')).checkCommands),
  room(['findings'], async () => (await import('./commands/findings.ts')).findingsCommands),
  room(['campaign'], async () => (await import('./commands/campaign.ts')).campaignCommands),
  room(['orders'], async () => (await import('./commands/orders.ts')).orderCommands),
  room(['evidence'], async () => (await import('./commands/evidence.ts')).evidenceCommands),
  room(['sample'], async () => (await import('./commands/sample.ts')).sampleCommands),
  room(['notify'], async () => (await import('./commands/notify.ts')).notifyCommands),
  room(['audit'], async () => (await import('./commands/audit.ts')).auditCommands),
  room(['user'], async () => (await import('./commands/user.ts')).userCommands),
  room(['backup', 'verify-backup', 'restore'], async () => (await import('./commands/backup.ts')).backupCommands),
  room(['roll-up'], async () => (await import('./commands/roll-up.ts')).rollUpCommand),
  room(['serve'], async () => (await import('./commands/serve.ts')).serveCommand),
  room(['worker'], async () => (await import('./commands/worker.ts')).workerCommand),
  room(['demo'], async () => (await import('./commands/demo.ts')).demoCommand),
]

/** Global options that take a value: what follows them is no command. */
const VALUED = ['--data', '--now', '--concurrency', '--pace']

/** The room of the command in the arguments; undefined where none is named, or one that is none. */
function asked(args: readonly string[]): Room | undefined {
  const named = args.find((arg, i) => !arg.startsWith('-') && !VALUED.includes(args[i - 1] ?? ''))
  return ROOMS.find((r) => named !== undefined && r.names.includes(named))
}

/** The command line for these arguments (without node and file); without a known command among them, the whole of it. Every command takes the global options, before or after its own. */
export async function buildProgram(args: readonly string[] = []): Promise<Command> {
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
  const own = asked(args)
  for (const { load } of own === undefined ? ROOMS : [own]) (await load())(program)
  return program
}
