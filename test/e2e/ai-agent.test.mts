// In a real n8n, an AI agent uses the action node as a tool, and its model gets names, descriptions and errors that it
// can act on.

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
const MAX_TOOL_OUTPUT_LENGTH = 600;

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
});
afterAll(async () => {
	await (model as ScriptedChatModel | undefined)?.close();
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await stage.sandbox.control.post('/reset');
});

/** Sends a chat message, as n8n's editor does, and waits until the agent has finished. */
async function chat(workflow: WorkflowFile, script: Turn[]): Promise<Execution> {
	model.play(script);
	const stored = await stage.n8n.importWorkflow({ ...workflow, name: `Chat ${randomUUID()}` });
	const json = {
		sessionId: randomUUID(),
		action: 'sendMessage',
		chatInput: 'Onboard Nordlys AB, company number 0000123456.',
	};
	const triggerRun = {
		startTime: Date.now(),
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		source: [],
		data: { main: [[{ json }]] },
	};
	const { executionId } = await stage.n8n.request<{ executionId: string }>(
		'POST',
		`/workflows/${stored.id}/run`,
		{
			workflowData: stored,
			triggerToStartFrom: { name: CHAT, data: triggerRun },
		},
	);
	const execution = await stage.n8n.waitForExecution(executionId);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return execution;
}

const agentOutput = (execution: Execution) => execution.itemsOf('AI Agent')[0]?.json['output'];
const listInSandbox = async (resource: 'cases' | 'runs') =>
	(await stage.sandbox.control.get<unknown[]>(`/${resource}`)).data;

/** A field of a tool's first output item. n8n sends the items to the model as a JSON list. */
const fieldOf = (toolOutput: string | undefined, name: string): unknown =>
	at(JSON.parse(toolOutput ?? 'null'), 0, name);

const createCase: Turn = () => ({
	tool: 'Create_case',
	arguments: { companyName: 'Nordlys AB', companyNumber: '0000123456', email: '' },
});
const runFor = (caseId: unknown) => ({ tool: 'Run_company_check', arguments: { caseId } });
const getStatus: Turn = (toolOutputs) => ({
	tool: 'Get_check_status',
	arguments: { runId: fieldOf(toolOutputs.at(-1), 'id') },
});
const reportStatus: Turn = (toolOutputs) => ({
	text: `The check of Nordlys AB is ${String(fieldOf(toolOutputs.at(-1), 'status'))}.`,
});

it('the agent creates a case, runs the check with the returned ID, and reports its status', async () => {
	const execution = await chat(example, [
		createCase,
		([created]) => runFor(fieldOf(created, 'caseId')),
		getStatus,
		reportStatus,
	]);
	expect(agentOutput(execution)).toMatch(/^The check of Nordlys AB is (RUNNING|COMPLETED)\.$/);

	const [created, run, status] = model.requests.at(-1)?.toolOutputs ?? [];
	const [caseId, runId] = [fieldOf(created, 'caseId'), fieldOf(run, 'id')];
	expect(await listInSandbox('cases')).toEqual([
		expect.objectContaining({
			caseId,
			partyDetails: expect.objectContaining({
				business: { companyName: 'Nordlys AB', companyNumber: '0000123456' },
			}),
		}),
	]);
	expect(await listInSandbox('runs')).toEqual([
		expect.objectContaining({ id: runId, subject: { caseId }, workflowReference: 'company-check' }),
	]);
	expect([fieldOf(status, 'id'), fieldOf(status, 'caseId')]).toEqual([runId, caseId]);
	for (const output of [created, run, status])
		expect(output?.length).toBeLessThan(MAX_TOOL_OUTPUT_LENGTH);
});

it('the model gets a description of each tool and of each of its inputs', async () => {
	await chat(example, [() => ({ text: 'Good day.' })]);
	const tools = new Map(model.requests[0]?.tools.map((tool) => [tool.name, tool]));
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

it('the model reads the error of a tool, and continues with the existing case', async () => {
	const execution = await chat(example, [
		createCase,
		() => runFor('nobody'),
		([created]) => runFor(fieldOf(created, 'caseId')),
		getStatus,
		reportStatus,
	]);
	expect(agentOutput(execution)).toMatch(/RUNNING|COMPLETED/);
	const failed = model.requests.at(-1)?.toolOutputs[1];
	expect(fieldOf(failed, 'error')).toMatch(/has no .*case.* with this ID$/);
	expect(fieldOf(failed, 'message')).toMatch(
		/Case ID nobody: [^]*TransactionLink said: There is no case \[hidden\]/,
	);
	expect(failed?.length).toBeLessThan(MAX_TOOL_OUTPUT_LENGTH);
	expect([(await listInSandbox('cases')).length, (await listInSandbox('runs')).length]).toEqual([
		1, 1,
	]);
});

it('the agent gets data that no operation covers, through an API Request tool with a fixed path and GET', async () => {
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
		() => ({ tool: 'List_users', arguments: { limit: 2 } }),
		([listed]) => ({ text: `The first user is ${String(fieldOf(listed, 'email'))}.` }),
	]);
	expect(agentOutput(execution)).toBe('The first user is user-1@example.com.');
	const [listed] = model.requests.at(-1)?.toolOutputs ?? [];
	expect(JSON.parse(listed ?? 'null')).toHaveLength(2);
	expect(listed?.length).toBeLessThan(MAX_TOOL_OUTPUT_LENGTH);
	const { data: requests } =
		await stage.sandbox.control.get<{ operationId: string; status: number }[]>('/calls');
	// The reset before this test revoked the access token, so the first request can get a 401.
	const accepted = requests.filter(({ status }) => status === 200);
	expect(accepted.map(({ operationId }) => operationId)).toEqual(['authorize', 'getUsers']);
});

it('a tool with an automatic description is described by its operation', async () => {
	const nodes = example.nodes.map((node) =>
		node.type === TOOL
			? { ...node, parameters: { ...node.parameters, descriptionType: 'auto' } }
			: node,
	);
	await chat({ ...example, nodes }, [() => ({ text: 'Good day.' })]);
	const descriptions = Object.fromEntries(
		model.requests[0]?.tools.map(({ name, description }) => [name, description]) ?? [],
	);
	expect(descriptions).toEqual({
		Create_case: expect.stringMatching(/^Create case .*in TransactionLink$/),
		Run_company_check: expect.stringMatching(/^Run workflow .*in TransactionLink$/),
		Get_check_status: expect.stringMatching(/^Get status of run .*in TransactionLink$/),
	});
});
