// Made from contract/openapi.yaml by `npm run contract`. Change it there.

export interface paths {
    "/auth/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange an API key and secret for an access token */
        post: operations["authorize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token for a new access token */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/webhooks/key/{kid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public key of a webhook signature
         * @description It is unknown whether this request requires an Authorization header. The nodes send it; the
         *     sandbox does not require it.
         */
        get: operations["getWebhookKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a case */
        post: operations["createCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases/{caseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a case */
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a single-use link for the end user */
        post: operations["createLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/link/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a single-use link and send it */
        post: operations["sendLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The users of the organization
         * @description Requires `can_manage_users`. The query parameters for a page are not documented; `page` and
         *     `size` are usual for this form of pages.
         */
        get: operations["getUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspaces that an organization token can see */
        get: operations["getWorkspaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save a set of parameters for a workflow definition */
        post: operations["createParameterSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file for the documents of a case */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tables/{tableId}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a record in a table */
        post: operations["createRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tables/{tableId}/records/{recordId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a record */
        get: operations["getRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tables/{tableId}/records/{recordId}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a record's attachments */
        get: operations["getAttachments"];
        put?: never;
        /** Attach a file to a record */
        post: operations["uploadAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tables/{tableId}/records/{recordId}/attachments/{attachmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A time-limited download address of an attachment
         * @description The address is on another host. Credentials are never sent there.
         */
        get: operations["getAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a token for the embedded widget */
        post: operations["createWidgetToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start an execution, parameters inline */
        post: operations["startWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The status of a run */
        get: operations["getWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The result of a completed run
         * @description The response before completion is unknown. 404, 409 and an empty body are plausible. For v2, one page
         *     of the documentation states that "the structure remains the same", another that it "no longer returns
         *     partyDetails".
         */
        get: operations["getWorkflowResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a definition that has no step for the end user */
        post: operations["runWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    runChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * TransactionLink reports that a run completed, is awaiting, or changed its status
         * @description Sent to the only address in the dashboard, with a detached JWS (RS256) over the raw body in the header
         *     `JWS-SIGNATURE`. No field of the body is documented. Without a 2xx within 10 seconds, up to five more
         *     deliveries follow, 5 seconds apart.
         */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AccessToken: {
            accessToken: string;
            /** @description Seconds */
            expiryDuration?: number;
            refreshToken?: string;
            tokenType?: string;
        };
        ApiKeyAndSecret: {
            key: string;
            secret: string;
        };
        Attachment: {
            createdDateTime?: string;
            id: string;
            name?: string;
            recordId?: string;
            /** @description Bytes */
            size?: number;
            type?: string;
        };
        Case: {
            caseId: string;
            createdDate?: string;
            partyDetails?: {
                business?: {
                    companyAddress?: string;
                    companyName?: string;
                    companyNumber?: string;
                };
                documents?: components["schemas"]["Document"][];
                personal?: {
                    email?: string;
                    firstName?: string;
                    lastName?: string;
                    personalNumber?: string;
                    phone?: components["schemas"]["Phone"];
                } & {
                    [key: string]: unknown;
                };
            };
            partyId?: string;
        };
        /** @description The trigger's output for a webhook, defined by this package */
        Delivery: {
            caseId?: string | null;
            confirmed?: boolean;
            /** @enum {string} */
            event?: "completed" | "failed" | "awaiting" | "statusChanged" | "unrecognized";
            /** @description The same for every repeat of an event */
            eventId?: string;
            /** @enum {string|null} */
            outcome?: "pending" | "completed" | "failed" | null;
            payload?: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            receivedAt?: string;
            recordId?: string | null;
            reference?: string | null;
            result?: components["schemas"]["WorkflowResult"];
            resultError?: string;
            signature?: {
                keyId?: string | null;
                verified?: boolean;
            };
            status?: string | null;
            workflowDefinitionId?: string | null;
            workflowId?: string | null;
        };
        Document: {
            resourceId?: string;
            resourceName?: string;
            resourcePath?: string;
        };
        ErrorBody: {
            errors: {
                code: string;
                message: string;
            }[];
            /** @description TransactionLink's support asks for it */
            fingerprint: string;
        };
        /** @description `origin` and `expiresAt` are required in TransactionLink's schema, so neither is null (documented) */
        Execution: {
            executionType?: string;
            executionVersion?: string;
            expiresAt: string;
            id: string;
            /** @description Only for definitions with a step for the end user */
            link?: string;
            locale?: string;
            name?: string;
            origin: string;
            parameters?: components["schemas"]["Parameters"];
            revision?: number;
            status: components["schemas"]["Status"];
            /** @description Only for definitions with a step for the end user */
            token?: string;
            uiOptions?: {
                [key: string]: unknown;
            };
            workflowDefinitionId?: string;
            workspaceId?: string;
        };
        Link: {
            link: string;
        };
        LinkForCase: {
            caseId: string;
            lang?: string;
            parametersId?: string;
            workflowDefinitionId: string;
        };
        LinkForRecord: {
            lang?: string;
            parametersId?: string;
            recordId: string;
            workflowDefinitionId: string;
        };
        /**
         * @description Every field is optional. TransactionLink's sample contains numbers for some of these strings; its
         *     schema requires strings.
         */
        NewCase: {
            companyAddress?: string;
            companyName?: string;
            companyNumber?: string;
            documents?: components["schemas"]["Document"][];
            email?: string;
            firstName?: string;
            lastName?: string;
            personalNumber?: string;
            phone?: components["schemas"]["Phone"];
        };
        NewExecution: {
            /**
             * Format: date-time
             * @description 30 minutes to 30 days ahead. Without it, the execution expires one hour after its start (in
             *     two examples)
             */
            expiresAt?: string;
            locale: string;
            parameters: components["schemas"]["Parameters"];
            recordId?: string;
            workflowDefinitionId: string;
        };
        NewParameterSet: {
            parameters: components["schemas"]["Parameters"];
            workflowDefinitionId: string;
        };
        /** @description The table's own columns */
        NewRecord: {
            [key: string]: unknown;
        };
        /**
         * @description The outcome by the status; added by this package
         * @enum {string}
         */
        Outcome: "pending" | "completed" | "failed";
        /** @description Values may be strings, numbers, booleans, objects and lists */
        Parameters: {
            [key: string]: unknown;
        };
        /** @description The name of the ID's field is not documented */
        ParameterSet: {
            id?: string;
            parametersId?: string;
        };
        Phone: {
            countryCode?: string;
            number?: string;
        };
        Record: {
            createdAt?: string;
            id: string;
            updatedAt?: string;
            version?: number;
        } & {
            [key: string]: unknown;
        };
        RefreshToken: {
            refreshToken: string;
        };
        RunForCase: {
            caseId: string;
            parametersId?: string;
            workflowDefinitionId: string;
        };
        RunForRecord: {
            parametersId?: string;
            recordId?: string;
            workflowDefinitionId: string;
        };
        SentLinkForRecord: {
            /** Format: email */
            email: string;
            lang?: string;
            parametersId?: string;
            recordId: string;
            workflowDefinitionId: string;
        };
        /**
         * @description The list is not documented. RUNNING and COMPLETED are in examples; CANCELLED and EXPIRED are in
         *     the only published list of states, that of enrollments.
         * @example RUNNING
         * @example COMPLETED
         */
        Status: string;
        TaggedAttachment: components["schemas"]["Attachment"] & {
            tags?: string[];
        };
        /** @description The `assignee` column of a record contains a user's ID */
        User: {
            createdDateTime: string;
            email: string;
            id: string;
            idpId?: string;
            /** @description Its fields are not documented */
            profile: {
                [key: string]: unknown;
            };
            roleId: string;
        };
        UserPage: {
            content: components["schemas"]["User"][];
            /** @description The number of the page */
            number: number;
            size: number;
            totalElements: number;
            totalPages: number;
        };
        WidgetToken: {
            /** @description Seconds */
            expiryDuration?: number;
            token: string;
            tokenType?: string;
        };
        WorkflowResult: {
            caseId?: string;
            createdDate?: string;
            partyDetails?: {
                [key: string]: unknown;
            };
            partyId?: string;
        } & {
            [key: string]: unknown;
        };
        WorkflowRun: {
            caseId?: string;
            id: string;
            recordId?: string;
            status: components["schemas"]["Status"];
        };
    };
    responses: {
        /** @description Why the request was rejected */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: {
        attachmentId: string;
        caseId: string;
        recordId: string;
        tableId: string;
        userId: string;
        /** @description `application/json;version=2` asks for v2 */
        version: string;
        workflowId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    authorize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyAndSecret"];
            };
        };
        responses: {
            /** @description An access token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            415: components["responses"]["Refused"];
            500: components["responses"]["Refused"];
            502: components["responses"]["Refused"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshToken"];
            };
        };
        responses: {
            /** @description A new access token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    getWebhookKey: {
        parameters: {
            query?: {
                /** @description `true` returns PEM; `false` the plain base64 of the DER SubjectPublicKeyInfo (inferred) */
                pem?: boolean;
            };
            header?: never;
            path: {
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
            500: components["responses"]["Refused"];
            502: components["responses"]["Refused"];
        };
    };
    createCase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCase"];
            };
        };
        responses: {
            /** @description The case */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
        };
    };
    getCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description `application/json;version=2` asks for v2 */
                Accept?: components["parameters"]["version"];
            };
            path: {
                caseId: components["parameters"]["caseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
                };
            };
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    createLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description `application/json;version=2` asks for v2 */
                Accept?: components["parameters"]["version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkForCase"] | components["schemas"]["LinkForRecord"];
            };
        };
        responses: {
            /** @description The link; it invalidates the previous link of the same case or record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    sendLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description `application/json;version=2` asks for v2 */
                Accept?: components["parameters"]["version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkForCase"] | components["schemas"]["SentLinkForRecord"];
            };
        };
        responses: {
            /** @description The sent link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    getUsers: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: components["parameters"]["userId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    getWorkspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspaces; the shape is not documented */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
        };
    };
    createParameterSet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewParameterSet"];
            };
        };
        responses: {
            /** @description The saved set */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParameterSet"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    uploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description The form field's name is not documented */
                    file: string;
                };
            };
        };
        responses: {
            /** @description The fields of a document */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            400: components["responses"]["Refused"];
        };
    };
    createRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tableId: components["parameters"]["tableId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecord"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            400: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    getRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recordId: components["parameters"]["recordId"];
                tableId: components["parameters"]["tableId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: components["responses"]["Refused"];
        };
    };
    getAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recordId: components["parameters"]["recordId"];
                tableId: components["parameters"]["tableId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaggedAttachment"][];
                };
            };
            404: components["responses"]["Refused"];
        };
    };
    uploadAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recordId: components["parameters"]["recordId"];
                tableId: components["parameters"]["tableId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                    /** @description Documented as a list of strings; one form part for each is inferred */
                    tags?: string[] | string;
                };
            };
        };
        responses: {
            /** @description The attachment */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    getAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachmentId: components["parameters"]["attachmentId"];
                recordId: components["parameters"]["recordId"];
                tableId: components["parameters"]["tableId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            404: components["responses"]["Refused"];
        };
    };
    createWidgetToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description `application/json;version=2` asks for v2 */
                Accept?: components["parameters"]["version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkForCase"] | components["schemas"]["LinkForRecord"];
            };
        };
        responses: {
            /** @description A token for one use within 60 minutes */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetToken"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    startWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExecution"];
            };
        };
        responses: {
            /** @description The execution */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    getWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description `application/json;version=2` asks for v2 */
                Accept?: components["parameters"]["version"];
            };
            path: {
                workflowId: components["parameters"]["workflowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowRun"] | components["schemas"]["Execution"];
                };
            };
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    getWorkflowResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description `application/json;version=2` asks for v2 */
                Accept?: components["parameters"]["version"];
            };
            path: {
                workflowId: components["parameters"]["workflowId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result; its fields depend on the definition */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowResult"];
                };
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
            409: components["responses"]["Refused"];
        };
    };
    runWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description `application/json;version=2` asks for v2 */
                Accept?: components["parameters"]["version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunForCase"] | components["schemas"]["RunForRecord"];
            };
        };
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowRun"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            403: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header: {
                "JWS-SIGNATURE": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Received */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
