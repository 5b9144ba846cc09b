def furniture(request):
    return {}
