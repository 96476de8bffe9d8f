"""Who we are where: the app package, whose tenants are let in, what has been learnt of them, the doctor."""
