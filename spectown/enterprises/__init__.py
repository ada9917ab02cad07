"""市场主体: enterprises of the towns, their honours and yearly figures."""
