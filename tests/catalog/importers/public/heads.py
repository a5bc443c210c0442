"""How the files of each source begin: small ones of the same form, by source and what stands in them."""

from __future__ import annotations

import json
from typing import Final

_MODEL: Final = {"name": "Wren 2", "release_date": "2026-01-02", "open_weights": False}
_TOOL: Final = {"name": "list-books", "description": "Lists books."}

#: By name of the source and first word of what stands in the file.
HEADS: Final[dict[tuple[str, str], str]] = {
    ("Aider leaderboards", "runs"): (
        "- dirname: 2025-02-25--wren\n  test_cases: 225\n  model: wren-2\n  edit_format: whole\n"
        "  commit_hash: 2fccd47\n"
        "  pass_rate_1: 20.4\n  pass_rate_2: 35.6\n  percent_cases_well_formed: 100.0\n"
        "  command: aider --model wren-2\n  date: 2025-02-25\n"
    ),
    ("best-of-Agent-Harnesses", "list"): json.dumps(
        {
            "meta": {"name": "best-of-Agent-Harnesses", "stars_captured": "2026-08-02"},
            "projects": [{"github_id": "wren/pilot", "name": "pilot"}],
        },
        indent=2,
    ),
    ("best-of-mcp-servers", "list"): (
        "configuration:\n  markdown_header_file: config/header.md\n\ncategories:\n  - category: aggregators\n"
        "    title: Aggregators\n  - category: bio\n\n"
        "projects:\n  - name: wren/ledger-mcp\n    github_id: wren/ledger-mcp\n"
    ),
    ("best-of-mcp-servers", "day"): (
        ",name,github_id,description,category,github_url,homepage,license,projectrank,show,projectrank_placing\n"
        '0,wren/ledger-mcp,wren/ledger-mcp,"Reads ledgers, all",databases,https://github.com/wren/ledger-mcp,,MIT,1,True,1\n'
    ),
    ("best-of-mcp-servers", "history"): (
        "github_id,date,stars,forks,contributors,projectrank\nwren/ledger-mcp,2025-08-04,107,14,,5\n"
    ),
    ("best-of-ml-python", "list"): (
        'configuration:\n  min_stars: 300\n  markdown_header_file: "config/header.md"\n\ncategories:\n'
        '  - category: "nlp"\n    title: "Text"\n  - category: "others"\n\n'
        "projects:\n  - name: Wren\n    github_id: wren/wren\n"
    ),
    ("best-of-ml-python", "day"): (
        ",name,github_id,category,resource,github_url,homepage,license,projectrank,show,pypi_id\n"
        "0,Wren,wren/wren,nlp,,https://github.com/wren/wren,,MIT,1,True,wren\n"
    ),
    ("best-of-ml-python", "history"): (
        "github_id,date,stars,forks,contributors,monthly_downloads,dependent_projects,projectrank\n"
        "wren/wren,2020-11-30,4487,971,19,4873,6,21\n"
    ),
    ("Docker MCP registry", "servers"): json.dumps(
        {
            "books": {
                "name": "books",
                "image": "mcp/books",
                "type": "server",
                "meta": {"category": "database", "tags": ["books"]},
                "about": {
                    "title": "Books",
                    "description": "Reads books.",
                    "icon": "https://wren.example/icon.png",
                },
                "source": {"project": "https://github.com/wren/books"},
            }
        }
    ),
    ("Docker MCP registry", "tools"): json.dumps({"far": [], "books": [{**_TOOL, "inputSchema": {}}, _TOOL]}),
    ("EvalPlus", "results"): json.dumps(
        {
            "Wren-2B": {
                "link": "https://huggingface.co/wren/Wren-2B",
                "open-data": "NONE",
                "pass@1": {"humaneval": 81.7, "humaneval+": 77.4},
                "prompted": True,
            }
        },
        indent=2,
    ),
    ("genai-prices", "prices"): json.dumps(
        [{"id": "wren", "api_pattern": "x", "models": [{"id": "wren-2", "prices": {"input_mtok": 1}}]}]
    ),
    ("GitHub Ranking AI", "day"): (
        "rank,item,repo_name,stars,forks,language,repo_url,username,issues,last_commit,description\n"
        "1,LLM,wren,3,1,Go,https://github.com/wren/wren,wren,4,2026-08-21T03:02:03Z,Reads.\n"
    ),
    ("GitHub Ranking AI", "history"): "repo,date,stars,forks,open_issues\nwren/wren,2025-09-16,2942,712,10\n",
    ("HELM", "models"): (
        "# All the models.\nmodels:\n  - name: wren/wren-2\n    display_name: Wren 2\n    description: Wren 2\n"
        "    creator_organization_name: Wren\n    access: limited\n"
        "    release_date: 2025-01-02\n    tags: [TEXT_MODEL_TAG]\n"
    ),
    ("LiteLLM", "prices"): json.dumps({"wren-2": {"litellm_provider": "wren", "mode": "chat"}}, indent=4),
    ("LiteLLM", "providers"): json.dumps(
        {
            "_comment": "Which endpoints.",
            "providers": {"wren": {"display_name": "Wren (`wren`)", "endpoints": {"chat_completions": True}}},
        },
        indent=2,
    ),
    ("LLM Stats", "models"): json.dumps(
        {
            "models": {
                "wren/wren-2": {"name": "Wren 2", "release_date": "2025-01-02", "qualitative_metrics": []}
            },
            "providers": {"wren": {"name": "Wren", "providermodels": []}},
        }
    ),
    ("models.dev", "models"): json.dumps(
        {"wren/wren-2": {**_MODEL, "benchmarks": [], "limit": {"context": 1}}}
    ),
    ("models.dev", "offers"): json.dumps({"far/wren-2": {**_MODEL, "cost": {"input": 1, "output": 2}}}),
    ("models.dev", "providers"): json.dumps(
        {"far": {"name": "Far", "env": ["FAR_KEY"], "npm": "@far/sdk", "doc": "https://far.example/docs"}}
    ),
    ("models.dev", "prices"): (
        "provider,model_id,date,input_usd_per_mtok,output_usd_per_mtok,context\nwren,wren-2,2025-06-05,1.5,6.0,200000\n"
    ),
    ("ToolSDK MCP registry", "packages"): json.dumps(
        [
            {
                "type": "mcp-server",
                "packageName": "@wren/books",
                "url": "https://github.com/wren/books",
                "runtime": "node",
                "_category": "databases",
            }
        ]
    ),
    ("ToolSDK MCP registry", "tools"): json.dumps(
        {
            "@wren/books": {
                "category": "databases",
                "path": "databases/books.json",
                "validated": True,
                "tools": {"list-books": _TOOL},
            }
        },
        indent=2,
    ),
}

#: What is nobody's of these: documents of ours, and files that look a little like one of theirs.
OTHERS: Final = (
    "name: vLLM\nlicence: MIT\n",
    "- name: vLLM\n  description: projects and models\n  vendor: x\n",
    json.dumps({"tools": [{"name": "vLLM", "type": "framework", "links": []}]}),
    json.dumps([{"name": "vLLM", "packages": ["pypi:vllm"], "pricing": {"kind": "free"}}]),
    '{"name": "vLLM", "type": "framework"}\n{"name": "SGLang", "type": "framework"}\n',
    "name,type,vendor,summary,licence\nvLLM,framework,vLLM project,Serves.,Apache-2.0\n",
    "repo,stars,forks\nwren/wren,1,1\n",
    json.dumps({"tools": [{**_TOOL, "inputSchema": {"type": "object"}}]}),
    json.dumps({"dependencies": {"express": "5"}, "name": "x", "version": "1"}),
    "",
    "{",
)
