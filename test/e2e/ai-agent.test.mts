// An AI agent in the real n8n uses the action node as a tool, and its model gets names, descriptions and messages
// it can act on.

import { randomUUID } from 'node:crypto';
import { at } from '../../scripts/json.mts';
import { readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { withCredentials, type WorkflowFile } from '../../scripts/n8n/workflow.mts';
import {
	startScriptedChatModel,
	type ScriptedChatModel,
	type Turn,
} from './scripted-chat-model.mts';
import { openStage, type Stage } from './stage.mts';

const TOOL = 'n8n-nodes-transactionlink.transactionLinkTool';
const CHAT = 'When Chat Message Received';
const LONGEST_TOOL_OUTPUT = 600;

let stage: Stage;
let model: ScriptedChatModel;
let example: WorkflowFile;
beforeAll(async () => {
	stage = await openStage();
	model = await startScriptedChatModel();
	const openAi = await stage.n8n.createCredential({
		name: 'Scripted chat model',
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.baseUrl, header: false },
	});
	const { transactionLink } = stage.prepared;
	example = withCredentials(readExampleWorkflow('ai-agent'), {
		transactionLinkApi: { id: transactionLink.id, name: transactionLink.name },
		openAiApi: { id: openAi.id, name: openAi.name },
	});
}, 300_000);
afterAll(async () => {
	await (model as ScriptedChatModel | undefined)?.close();
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await stage.sandbox.control.post('/reset');
});

/** Writes a message into the chat, as the editor's own chat does, and waits until the agent is done. */
async function chat(workflow: WorkflowFile, script: Turn[]): Promise<Execution> {
	model.play(script);
	const stored = await stage.n8n.importWorkflow({ ...workflow, name: `Chat ${randomUUID()}` });
	const json = {
		sessionId: randomUUID(),
		action: 'sendMessage',
		chatInput: 'Onboard Nordlys AB, company number 0000123456.',
	};
	const said = {
		startTime: Date.now(),
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		source: [],
		data: { main: [[{ json }]] },
	};
	const { executionId } = await stage.n8n.session.call<{ executionId: string }>(
		'POST',
		`/workflows/${stored.id}/run`,
		{
			workflowData: stored,
			triggerToStartFrom: { name: CHAT, data: said },
		},
	);
	const execution = await stage.n8n.waitForExecution(executionId, 60_000);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return execution;
}

const finalAnswer = (execution: Execution) => execution.itemsOf('AI Agent')[0]?.json['output'];
const sandboxHolds = async (what: 'cases' | 'runs') =>
	(await stage.sandbox.control.get<unknown[]>(`/${what}`)).data;

/** A field of what a tool answered; n8n hands the model a JSON list of the tool's output items. */
const told = (answer: string | undefined, name: string): unknown =>
	at(JSON.parse(answer ?? 'null'), 0, name);

const createCase: Turn = () => ({
	call: 'Create_case',
	with: { companyName: 'Nordlys AB', companyNumber: '0000123456', email: '' },
});
const runFor = (caseId: unknown) => ({ call: 'Run_company_check', with: { caseId } });
const getStatus: Turn = (answers) => ({
	call: 'Get_check_status',
	with: { runId: told(answers.at(-1), 'id') },
});
const sayStatus: Turn = (answers) => ({
	say: `The check of Nordlys AB is ${String(told(answers.at(-1), 'status'))}.`,
});

it('an agent creates a case, runs the check with the returned ID, and reports its status', async () => {
	const execution = await chat(example, [
		createCase,
		([created]) => runFor(told(created, 'caseId')),
		getStatus,
		sayStatus,
	]);
	expect(finalAnswer(execution)).toMatch(/^The check of Nordlys AB is (RUNNING|COMPLETED)\.$/);

	const [created, run, status] = model.questions.at(-1)?.toolOutputs ?? [];
	const [caseId, runId] = [told(created, 'caseId'), told(run, 'id')];
	expect(await sandboxHolds('cases')).toEqual([
		expect.objectContaining({
			caseId,
			partyDetails: expect.objectContaining({
				business: { companyName: 'Nordlys AB', companyNumber: '0000123456' },
			}),
		}),
	]);
	expect(await sandboxHolds('runs')).toEqual([
		expect.objectContaining({ id: runId, subject: { caseId }, workflowReference: 'company-check' }),
	]);
	expect([told(status, 'id'), told(status, 'caseId')]).toEqual([runId, caseId]);
	for (const answer of [created, run, status])
		expect(answer?.length).toBeLessThan(LONGEST_TOOL_OUTPUT);
});

it('a model is offered the tools by name, with what each does and what each of its inputs is', async () => {
	await chat(example, [() => ({ say: 'Good day.' })]);
	const tools = new Map(model.questions[0]?.tools.map((tool) => [tool.name, tool]));
	expect([...tools.keys()].sort()).toEqual([
		'Create_case',
		'Get_check_status',
		'Run_company_check',
	]);
	expect(tools.get('Create_case')?.description).toMatch(
		/Creates a case.*under caseId, which Run_company_check needs/,
	);
	expect(tools.get('Run_company_check')?.description).toMatch(
		/Every call starts another.*under "workflowId", which Get_check_status needs/,
	);
	expect(tools.get('Get_check_status')?.description).toMatch(/pending.*completed.*failed/);

	const inputs = [...tools.values()].flatMap(({ parameters }) =>
		Object.entries(parameters.properties),
	);
	expect(inputs.map(([name]) => name).sort()).toEqual([
		'caseId',
		'companyName',
		'companyNumber',
		'email',
		'runId',
	]);
	for (const [, input] of inputs)
		expect(input).toEqual({ type: 'string', description: expect.stringMatching(/\w+ \w+ \w+/) });
	expect(tools.get('Run_company_check')?.parameters).toMatchObject({
		required: ['caseId'],
		additionalProperties: false,
	});
});

it('a model reads what did not work, and continues with the existing case', async () => {
	const execution = await chat(example, [
		createCase,
		() => runFor('nobody'),
		([created]) => runFor(told(created, 'caseId')),
		getStatus,
		sayStatus,
	]);
	expect(finalAnswer(execution)).toMatch(/RUNNING|COMPLETED/);
	const refused = model.questions.at(-1)?.toolOutputs[1];
	expect(told(refused, 'error')).toMatch(/has no .*case.* with this ID$/);
	expect(told(refused, 'message')).toMatch(
		/Case ID nobody: [^]*TransactionLink said: There is no case \[hidden\]/,
	);
	expect(refused?.length).toBeLessThan(LONGEST_TOOL_OUTPUT);
	expect([(await sandboxHolds('cases')).length, (await sandboxHolds('runs')).length]).toEqual([
		1, 1,
	]);
});

it('an agent reads what no operation is for, with a path that is fixed and a tool that only reads', async () => {
	const tool = example.nodes.find(({ name }) => name === 'Get check status');
	const users = {
		...tool,
		id: randomUUID(),
		name: 'List users',
		parameters: {
			descriptionType: 'manual',
			toolDescription: 'Lists the users of the organization. It changes nothing.',
			resource: 'apiRequest',
			operation: 'send',
			method: 'GET',
			path: '/organizations/users',
			limit: "={{ $fromAI('limit', `How many users at most, from 1 to 5`, 'number') }}",
		},
	};
	const agent = { main: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] };
	const workflow = {
		...example,
		nodes: [...example.nodes, users as (typeof example.nodes)[number]],
		connections: { ...example.connections, 'List users': { ai_tool: agent.main } },
	};
	const execution = await chat(workflow, [
		() => ({ call: 'List_users', with: { limit: 2 } }),
		([listed]) => ({ say: `The first user is ${String(told(listed, 'email'))}.` }),
	]);
	expect(finalAnswer(execution)).toBe('The first user is user-1@example.com.');
	const [listed] = model.questions.at(-1)?.toolOutputs ?? [];
	expect(JSON.parse(listed ?? 'null')).toHaveLength(2);
	expect(listed?.length).toBeLessThan(LONGEST_TOOL_OUTPUT);
	const { data: calls } =
		await stage.sandbox.control.get<{ operationId: string; status: number }[]>('/calls');
	// The reset before this test took the access token back.
	const accepted = calls.filter(({ status }) => status === 200);
	expect(accepted.map(({ operationId }) => operationId)).toEqual(['authorize', 'getUsers']);
});

it('a tool whose description is left to n8n is described by its operation', async () => {
	const nodes = example.nodes.map((node) =>
		node.type === TOOL
			? { ...node, parameters: { ...node.parameters, descriptionType: 'auto' } }
			: node,
	);
	await chat({ ...example, nodes }, [() => ({ say: 'Good day.' })]);
	const described = Object.fromEntries(
		model.questions[0]?.tools.map(({ name, description }) => [name, description]) ?? [],
	);
	expect(described).toEqual({
		Create_case: expect.stringMatching(/^Create case .*in TransactionLink$/),
		Run_company_check: expect.stringMatching(/^Run workflow .*in TransactionLink$/),
		Get_check_status: expect.stringMatching(/^Get status of run .*in TransactionLink$/),
	});
});
