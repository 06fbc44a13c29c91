package dev.sockets.test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Begins a test without the {@link SocketEvents} of others, and closes what it has
 * opened: each {@link SocketTestClient}.
 */
class SocketTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBeanProvider(SocketEventRecorder.class)
				.ifUnique(SocketEventRecorder::begin);
		}
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			close(testContext.getApplicationContext());
		}
	}

	private static void close(ApplicationContext context) {
		if (context.getAutowireCapableBeanFactory() instanceof DefaultListableBeanFactory beanFactory
				&& beanFactory.getAutowireCandidateResolver() instanceof LocalSocketPortResolver resolver) {
			resolver.clients().close();
		}
	}

}
